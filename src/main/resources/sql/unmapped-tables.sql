-- The tables that were kept in step and are none of these any more, and until when.
select w.table_name as "table", max(greatest(w.pulled_until, w.pushed_until)) as until
from reconciler.watermark w
where w.table_name not in (select jsonb_array_elements_text(cast(:names as jsonb)))
group by 1
having max(greatest(w.pulled_until, w.pushed_until)) is not null
order by 1
