-- Which of these records could not be applied as a whole and wait for their next try, or were given up.
select d.airtable_record_id
from reconciler.dead_letter d
where d.client_id = cast(:#${body.run.client.id} as uuid) and d.table_name = :#${body.run.table.name}
  and d.stage = 'pull' and d.field = '' and (d.status = 'discarded' or d.status = 'open' and d.next_attempt_at > now())
  and d.airtable_record_id = any (array(select jsonb_array_elements_text(cast(:#${body.recordIds} as jsonb))))
