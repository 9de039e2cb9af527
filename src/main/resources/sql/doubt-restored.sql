-- After a restore: what was agreed on says nothing of edits since the backup, nor of clients that are newer.
insert into reconciler.watermark as w (client_id, doubted_since)
select id, 'epoch' from clients
on conflict (client_id) do update
set doubted_since = coalesce(w.pulled_until - interval '2 minutes', 'epoch')
