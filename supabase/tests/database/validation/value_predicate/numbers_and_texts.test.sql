-- positive, matches, max_length, one_of: boundaries, NULL and the parameters.
begin;
\ir ../support.sql
select plan(14);

select is_empty($$ select * from (values ('1', 'integer'), ('0.01', 'numeric'), ('1e-300', 'float8'), ('32767', 'smallint'), (null, 'integer')) as good (value, type)
                   where testing.breaks('positive', value, type) $$, 'positive: above zero, or not given');
select is_empty($$ select * from (values ('0', 'integer'), ('-1', 'bigint'), ('0.00', 'numeric'), ('-0', 'float8'), ('NaN', 'float8'), ('NaN', 'numeric'), ('Infinity', 'float8')) as bad (value, type)
                   where not testing.breaks('positive', value, type) $$, 'positive: neither zero, nor below, nor no number at all');
select ok(not testing.breaks('positive', '0', 'integer', '{"allow_zero": true}') and testing.breaks('positive', '-1', 'integer', '{"allow_zero": true}'), 'positive: allow_zero');

select is_empty($$ select * from (values ('1000', 'integer'), ('9999', 'smallint'), ('2009', 'text'), ('2009', 'varchar'), (null, 'text')) as good (value, type)
                   where testing.breaks('matches', value, type, '{"pattern": "^[0-9]{4}$"}') $$, 'matches: four digits, as number or text');
select is_empty($$ select * from (values ('999', 'integer'), ('10000', 'integer'), ('-2009', 'integer'), ('0', 'bigint'), ('09', 'text'), ('2009 ', 'text'), ('', 'text'), (E'2009\n', 'text'), ('20099', 'varchar'), ('2009.0', 'numeric')) as bad (value, type)
                   where not testing.breaks('matches', value, type, '{"pattern": "^[0-9]{4}$"}') $$, 'matches: anything else');
select ok(testing.breaks('matches', 'ABC', 'text', '{"pattern": "^abc$"}') and not testing.breaks('matches', 'ABC', 'text', '{"pattern": "^abc$", "ignore_case": true}'), 'matches: ignore_case');
select ok(not testing.breaks('matches', ' ', 'text', '{"pattern": "^abc$", "allow_blank": true}'), 'matches: allow_blank');
select ok(testing.breaks('matches', 'x', 'text', '{"pattern": "it''s \\\\ %L %1$s {value}"}'), 'matches: a pattern with quotes, backslashes and format signs is only a pattern');

select ok(not testing.breaks('max_length', 'äöü', 'text', '{"length": 3}') and testing.breaks('max_length', 'äöüß', 'text', '{"length": 3}'), 'max_length counts characters, not bytes');
select ok(not testing.breaks('max_length', null, 'text', '{"length": 3}') and not testing.breaks('max_length', '', 'text', '{"length": 3}'), 'max_length: nothing is not too long');

select ok(not testing.breaks('one_of', 'a', 'text', '{"values": ["a", "b,c", "d\"e"]}') and not testing.breaks('one_of', 'b,c', 'text', '{"values": ["a", "b,c", "d\"e"]}')
      and not testing.breaks('one_of', 'd"e', 'text', '{"values": ["a", "b,c", "d\"e"]}'), 'one_of: each of them');
select ok(testing.breaks('one_of', 'A', 'text', '{"values": ["a"]}') and testing.breaks('one_of', '', 'text', '{"values": ["a"]}') and not testing.breaks('one_of', null, 'text', '{"values": ["a"]}'), 'one_of: nothing else, but NULL');
select ok(not testing.breaks('one_of', 'ÄB', 'text', '{"values": ["äb"], "ignore_case": true}'), 'one_of: ignore_case');
create type testing.colour as enum ('red', 'blue');
select ok(not testing.breaks('one_of', 'red', 'testing.colour', '{"values": ["red", 3]}') and not testing.breaks('one_of', '3', 'integer', '{"values": ["red", 3]}') and testing.breaks('one_of', 'blue', 'testing.colour', '{"values": ["red"]}'), 'one_of: enums and numbers');

select * from finish();
rollback;
