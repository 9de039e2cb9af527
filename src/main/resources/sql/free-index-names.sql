-- Gives the indexes of the tables that are about to move to the portal's schema other names, where theirs are taken there,
-- as by those of a table that was renamed; a constraint is renamed with its index.
do $body$
declare
  taken record;
  free text;
  number integer;
begin
  for taken in
    select i.relname as name
    from pg_index x
    join pg_class i on i.oid = x.indexrelid
    join pg_class t on t.oid = x.indrelid
    where t.relnamespace = to_regnamespace('reconciler')
      and t.relname = any (string_to_array('${made_now}', ',')) and t.relname <> 'users'
      and not exists (
        select from pg_class o join pg_namespace n on n.oid = o.relnamespace
        where n.nspname = ${portal} and o.relname = t.relname)
      and exists (
        select from pg_class o join pg_namespace n on n.oid = o.relnamespace
        where n.nspname = ${portal} and o.relname = i.relname)
  loop
    number := 1;
    loop
      free := left(taken.name, 55) || number;
      exit when not exists (
        select from pg_class o join pg_namespace n on n.oid = o.relnamespace
        where n.nspname in (${portal}, 'reconciler') and o.relname = free);
      number := number + 1;
    end loop;
    execute format('alter index reconciler.%I rename to %I', taken.name, free);
  end loop;
end
$body$
