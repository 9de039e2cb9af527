-- Marks the leads whose record is gone; what the portal had changed is in the dead letters by now.
with gone as (
  select jsonb_array_elements_text(cast(:#${body.recordIds} as jsonb)) as id),
settled as (
  update reconciler.agreed_value set pending = false, intent = '{}'
  where airtable_record_id in (select id from gone))
update leads set is_active = false
where client_id = cast(:#${exchangeProperty.run.client.id} as uuid) and is_active
  and airtable_record_id in (select id from gone)
