-- The permits of the token, made on its first request.
insert into reconciler.token_permit (slot, free_at)
select slot, '-infinity' from generate_series(1, :tokenPermits) slot
on conflict do nothing
