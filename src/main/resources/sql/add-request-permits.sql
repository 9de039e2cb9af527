-- The permits of a base, made on its first request.
insert into reconciler.request_permit (base_id, slot, free_at)
select :baseId, slot, '-infinity' from generate_series(1, :permits) slot
on conflict do nothing
