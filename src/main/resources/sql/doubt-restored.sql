-- After a restore: what was agreed on says nothing of edits since the backup, nor of clients that are newer.
insert into reconciler.watermark as w (client_id, table_name, doubted_since)
select c.id, t.name, 'epoch'
from clients c, (select table_name from reconciler.watermark union select 'leads') t (name)
on conflict (client_id, table_name) do update
set doubted_since = coalesce(w.pulled_until - interval '2 minutes', 'epoch')
