-- No request to this base, from any process, for a while.
insert into reconciler.request_pause (base_id, paused_until)
values (:baseId, clock_timestamp() + cast(:pause as interval))
on conflict (base_id) do update
set paused_until = greatest(request_pause.paused_until, excluded.paused_until)
