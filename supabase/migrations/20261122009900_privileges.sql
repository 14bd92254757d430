-- Privileges: the last chapter. Postgres gives EXECUTE on every new function to everybody, and default privileges of one schema cannot
-- take that back, so it is taken back here, for all of them at once. Whatever is added later ends with the same line.

revoke all on all functions in schema backup from public, anon, authenticated, service_role;
revoke all on all tables    in schema backup from public, anon, authenticated, service_role;

-- The policy of public.backups calls it in the name of whoever reads.
grant execute on function backup.is_admin() to authenticated;
