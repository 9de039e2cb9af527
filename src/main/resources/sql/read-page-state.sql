-- What is agreed on the records of a page, one JSON value each, and one more where a dead letter waits for one of them,
-- or a record was left for this run: only then is there anything to close.
with page as materialized (
  select array(select jsonb_array_elements_text(cast(:#${body.recordIds} as jsonb))) as ids,
    cast(:#${exchangeProperty.run.client.id} as uuid) as client, cast(:#${exchangeProperty.run.table.name} as text) as name)
select cast(to_jsonb(agreed_value) as text) as agreed_value
from reconciler.agreed_value
where client_id = (select client from page) and table_name = (select name from page)
  and airtable_record_id = any (cast((select ids from page) as text[]))
union all
select '{"waiting": true}'
where exists (
    select from reconciler.dead_letter
    where status <> 'closed' and client_id = (select client from page) and table_name = (select name from page)
      and airtable_record_id = any (cast((select ids from page) as text[])))
  or exists (
    select from reconciler.left_record
    where client_id = (select client from page) and table_name = (select name from page)
      and airtable_record_id = any (cast((select ids from page) as text[])))
