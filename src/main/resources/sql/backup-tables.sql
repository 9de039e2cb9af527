-- The engine's own tables with their columns, but for what holds for the moment only and what belongs to others.
select quote_ident(c.relname), array_agg(quote_ident(a.attname) order by a.attnum)
from pg_class c join pg_attribute a on a.attrelid = c.oid
where c.relnamespace = to_regnamespace('reconciler') and c.relkind in ('r', 'p') and not c.relispartition
  and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  and c.relname not like 'qrtz\_%'
  and not c.relname similar to '%\_(permit|pause|pace)'
  and c.relname not in ('schema_history', 'portal', 'user_revision', 'clients', 'leads', 'users', ?)
group by c.relname
order by c.relname
