-- in_future and date_order: dates, moments, and one against the other.
begin;
\ir ../support.sql
select plan(9);

select ok(not testing.breaks('in_future', current_date::text, 'date') and testing.breaks('in_future', (current_date - 1)::text, 'date'), 'in_future: today is not over yet');
select ok(testing.breaks('in_future', now()::text, 'timestamptz') and not testing.breaks('in_future', (now() + interval '1 second')::text, 'timestamptz'), 'in_future: now is over');
select ok(not testing.breaks('in_future', 'infinity', 'timestamptz') and testing.breaks('in_future', '-infinity', 'timestamp') and not testing.breaks('in_future', null, 'date'), 'in_future: for ever, never, not given');

create function testing.is_misordered(first text, first_type text, second text, second_type text, parameters jsonb default '{}')
returns boolean
language plpgsql
as $$
declare
  answer boolean;
begin
    execute format('select coalesce(%s, false) from (select %L::%s as a, %L::%s as b) as t',
        backup.date_order_predicate('{a,b}', array[backup.type_family(to_regtype(first_type)), backup.type_family(to_regtype(second_type))], parameters),
        first, first_type, second, second_type) into answer;
    return answer;
end;
$$;

select ok(testing.is_misordered('2026-05-02', 'date', '2026-05-01', 'date') and not testing.is_misordered('2026-05-01', 'date', '2026-05-02', 'date'), 'date_order: dates');
select ok(testing.is_misordered('2026-05-01 10:00:00.001', 'timestamptz', '2026-05-01 10:00', 'timestamptz'), 'date_order: moments');
select ok(not testing.is_misordered('2026-05-01', 'date', '2026-05-01', 'date') and testing.is_misordered('2026-05-01', 'date', '2026-05-01', 'date', '{"allow_equal": false}'), 'date_order: allow_equal');
select ok(not testing.is_misordered('2026-05-01 10:00', 'timestamptz', '2026-05-01', 'date'), 'date_order: a moment is not after the day that it lies in');
select ok(testing.is_misordered('2026-05-02', 'date', '2026-05-01 23:59', 'timestamp'), 'date_order: a day after a moment');
select ok(not testing.is_misordered(null, 'date', '2026-05-01', 'date') and not testing.is_misordered('2026-05-01', 'date', null, 'date'), 'date_order: not given');

select * from finish();
rollback;
