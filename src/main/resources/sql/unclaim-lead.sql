-- Gives a lead back whose record exists, the user's own or, if allowed, anybody's. None: the user sees no such lead.
with target as (
  select l.*, coalesce(l.claimed_by <> :user, false) and not :anybodys as held from leads l
  where l.id = :id and (:all or l.client_id = cast(:client as uuid))
  for update),
released as (
  update leads l set claimed_by = null, claimed_at = null, updated_at = now()
  from target t where l.id = t.id and t.claimed_by is not null and not t.held and t.is_active
  returning l.*)
select false as held, cast(to_jsonb(r) as text) as lead from released r
union all
select t.held, cast(to_jsonb(t) as text) from target t
where t.claimed_by is null or t.held or t.is_active is not true
