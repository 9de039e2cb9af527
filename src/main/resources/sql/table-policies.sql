-- The row security policies of a table that are about this user, and whether each lets everything pass.
select cast(p.polcmd as text) as command, p.polpermissive as permissive,
  coalesce(pg_get_expr(p.polqual, p.polrelid), 'true') = 'true' as shows_all,
  coalesce(pg_get_expr(p.polwithcheck, p.polrelid), pg_get_expr(p.polqual, p.polrelid), 'true') = 'true' as takes_all
from pg_policy p
where p.polrelid = to_regclass(:table) and exists (
  select from unnest(p.polroles) r (id)
  where case when r.id = 0 then true else pg_has_role(current_user, r.id, 'usage') end)
order by p.polname
