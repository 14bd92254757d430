-- The two small helpers: times as the API shows them, and sha256 as hexadecimal digits.
begin;
\ir ../support.sql
select plan(7);

set local timezone = 'Asia/Kolkata';
set local datestyle = 'SQL, DMY';
select is(backup.iso('2026-03-01 00:30:00.5+02'), '2026-02-28T22:30:00.500Z', 'UTC with Z, whatever the session''s time zone and date style');
select is(backup.iso('2026-03-01 00:30:00Z'), '2026-03-01T00:30:00.000Z', 'milliseconds even where there are none');
select is(backup.iso('1999-12-31 23:59:59.9996Z'), '1999-12-31T23:59:59.999Z', 'a fraction of a millisecond is cut off, not carried into the next year');
select is(backup.iso(null), null, 'no time, no text');

select is(
  backup.sha256_hex('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  'sha256 of the standard''s own example'
);
select is(backup.sha256_hex('ü'), encode(sha256('\xc3bc'), 'hex'), 'text is hashed as UTF-8');
select is(backup.sha256_hex(''), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'the empty text has a hash too');

select * from finish();
rollback;
