-- The triggers of a table that do what they do with this user's rights, where these are not the owner's.
select cast(t.tgname as text) from pg_trigger t
join pg_proc p on p.oid = t.tgfoid
join pg_class c on c.oid = t.tgrelid
where t.tgrelid = to_regclass(:table) and not t.tgisinternal and t.tgenabled not in ('D', 'R')
  -- insert and update
  and (t.tgtype & 20) <> 0 and not p.prosecdef
  and not pg_has_role(current_user, c.relowner, 'usage')
order by t.tgname
