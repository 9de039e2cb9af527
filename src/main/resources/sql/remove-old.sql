-- Removes what was settled, sent or ended so many days ago; what is open, waits or still holds a value back stays. The
-- agreed values of leads that are no more take a look at all of them: once a day, with a sweep, or when they are few.
with "@old" as (
  select now() - cast(:days as integer) * interval '1 day' as until),
"@conflicts" as (
  delete from reconciler.conflict
  where status <> 'open' and coalesce(settled_at, detected_at) < (select until from "@old")),
"@dead_letters" as (
  delete from reconciler.dead_letter
  where status = 'closed' and coalesce(closed_at, last_at) < (select until from "@old")),
"@notices" as (
  delete from reconciler.notice
  where status <> 'waiting' and created_at < (select until from "@old")),
"@changes" as (
  delete from reconciler.run_change
  where at < (select until from "@old")),
"@progress" as (
  delete from reconciler.run_progress
  where at < (select until from "@old")),
"@jobs" as (
  delete from reconciler.job
  where started_at < (select until from "@old")),
"@runs" as (
  delete from reconciler.run
  where outcome <> 'running' and started_at < (select until from "@old"))
delete from reconciler.agreed_value a
where coalesce(a.airtable_modified_at, '-infinity') < (select until from "@old")
  and not exists (select from ${rows} l
    where l.airtable_record_id = a.airtable_record_id and l.table_name = a.table_name)
  -- A lead that a policy may hide is not known to be no more.
  and not exists (
    select from unnest(string_to_array(:tables, ' ')) t (name)
    where row_security_active(t.name) and coalesce((
      select bool_or(p.polpermissive and pg_get_expr(p.polqual, p.polrelid) = 'true') and bool_and(p.polpermissive)
      from pg_policy p
      where p.polrelid = to_regclass(t.name) and p.polcmd in ('*', 'r') and exists (
        select from unnest(p.polroles) r (id)
        where case when r.id = 0 then true else pg_has_role(current_user, r.id, 'usage') end)), false) is false)
  and (:full
    or (select reltuples < 20000 from pg_class where oid = cast('reconciler.agreed_value' as regclass))
    or not exists (
      select from reconciler.run
      where id <> :run and ended_at is not null
        and started_at >= date_trunc('day', now() at time zone 'utc') at time zone 'utc'))
