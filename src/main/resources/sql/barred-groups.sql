-- The field groups of which an open dead letter says that the token's user may not edit them.
select distinct field from reconciler.dead_letter
where status = 'open' and stage = 'push'
  and client_id = cast(:#${exchangeProperty.run.client.id} as uuid) and table_name = :#${exchangeProperty.run.table.name}
  and field <> '' and reason like 'the token''s user may not edit %'
