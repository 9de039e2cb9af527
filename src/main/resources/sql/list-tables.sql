-- How many rows each mapped table has, and up to when a client of it is known to be pulled.
select m.name, (select count(*) from ${rows} r where r.table_name = m.name) as rows,
  (select reconciler.iso_time(max(w.pulled_until)) from reconciler.watermark w where w.table_name = m.name) as pulled
from jsonb_array_elements_text(cast(:names as jsonb)) m (name)
