-- The triggers of a table that fire on an UPDATE of this engine (bit 16 of the type).
select cast(tgname as text) from pg_trigger
where tgrelid = to_regclass(:table) and not tgisinternal and (tgtype & 16) <> 0
  and tgenabled not in ('D', 'R')
order by tgname
