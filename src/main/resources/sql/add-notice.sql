-- Puts a notice on its way.
insert into reconciler.notice (id, client_id, kind, channel, subject, text)
values (gen_random_uuid(), :client, :kind, :channel, :subject, :text)
