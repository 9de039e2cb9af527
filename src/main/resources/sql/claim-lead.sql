-- Claims a lead that nobody holds and whose record exists, in one statement: of many at once, one finds it free. None: the user sees no such lead.
with target as (
  select l.* from leads l
  where l.id = :id and (:all or l.client_id = cast(:client as uuid))
  for update),
claimed as (
  update leads l set claimed_by = :user, claimed_at = now(), updated_at = now()
  from target t where l.id = t.id and t.claimed_by is null and t.is_active
  returning l.*)
select false as held, cast(to_jsonb(c) as text) as lead from claimed c
union all
select coalesce(t.claimed_by <> :user, false), cast(to_jsonb(t) as text) from target t
where t.claimed_by is not null or t.is_active is not true
