-- Keeps for which base the tables of a run stand from now on; of another one than before nothing is known to be pulled or pushed.
insert into reconciler.watermark as w (client_id, table_name, base_id)
select cast(:#${exchangeProperty.run.client.id} as uuid), n.name, :#${exchangeProperty.run.client.baseId}
from jsonb_array_elements_text(cast(:#${exchangeProperty.run.tableNames} as jsonb)) n (name)
on conflict (client_id, table_name) do update
set base_id = excluded.base_id,
  pulled_until = case when coalesce(w.base_id, excluded.base_id) = excluded.base_id then w.pulled_until end,
  pushed_until = case when coalesce(w.base_id, excluded.base_id) = excluded.base_id then w.pushed_until end
