-- A state for each active client; nothing was told about a new one.
insert into reconciler.notice_state (client_id)
select id from clients where is_active
on conflict (client_id) do nothing
