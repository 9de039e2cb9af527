-- Halves the pace of a base for a while, down to a sixteenth; what was under way when that was last done does not count.
insert into reconciler.request_pace as p (base_id, pace, lowered_at, held_until)
values (:baseId, 0.5, clock_timestamp(), clock_timestamp() + cast(:hold as interval))
on conflict (base_id) do update
set pace = greatest(0.0625, (select n.pace from reconciler.present_pace n where n.base_id = p.base_id) / 2),
  lowered_at = excluded.lowered_at, held_until = excluded.held_until
where p.lowered_at < clock_timestamp() - cast(:settle as interval)
