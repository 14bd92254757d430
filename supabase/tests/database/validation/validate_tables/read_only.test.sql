-- A backup validates in a REPEATABLE READ, READ ONLY transaction: nothing may be written, not even a temporary table.
begin transaction isolation level repeatable read read only;
set local search_path = extensions, pg_catalog;

-- pgTAP itself writes, so this test speaks TAP by its own means.
select '1..3';
select case when backup.validate_tables() ? 'status' then 'ok' else 'not ok' end || ' 1 - every table of a backup';
select case when backup.validate_tables('{profiles,achievements}') ? 'status' then 'ok' else 'not ok' end || ' 2 - a choice';
select case when pg_current_xact_id_if_assigned() is null then 'ok' else 'not ok' end || ' 3 - no transaction id was needed';

rollback;
