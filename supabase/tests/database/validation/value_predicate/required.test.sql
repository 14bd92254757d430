-- required: NULL and white space are missing, anything visible is not.
begin;
\ir ../support.sql
select plan(11);

select ok(testing.breaks('required', null), 'NULL is missing');
select ok(testing.breaks('required', ''), 'an empty text is missing');
select ok(testing.breaks('required', E' \t\r\n\x0b\f'), 'ASCII white space is missing');
select ok(testing.breaks('required', E'\u00a0\u2003\u3000\u200b\ufeff'), 'Unicode and zero-width space is missing');
select is_empty(
    $$ select value from unnest(array['x', ' x', E'\u00a0é', 'é', '中', '!', '0', '~', E'\u2026', E' \n.', repeat(' ', 5000) || 'x']) as value
       where testing.breaks('required', value) $$,
    'visible characters of any script count, after white space too');
select ok(testing.breaks('required', ' ', 'varchar(10)'), 'varchar');
select ok(testing.breaks('required', ' ', 'character(3)'), 'character');
select ok(testing.breaks('required', 'null', 'jsonb') and testing.breaks('required', null, 'json') and not testing.breaks('required', '{}', 'jsonb'),
    'a JSON null is missing, an empty object is not');
select ok(testing.breaks('required', null, 'integer') and not testing.breaks('required', '0', 'integer'), 'zero is a number');
create domain testing.name as text;
select ok(testing.breaks('required', ' ', 'testing.name'), 'a domain is what it is made of');
create collation testing.loose (provider = icu, locale = 'und-u-ks-level1', deterministic = false);
select is((select count(*) from (values (' ' collate testing.loose), ('x')) as listed (c) where testing.breaks('required', c)), 1::bigint, 'a collation that is not deterministic does no harm');

select * from finish();
rollback;
