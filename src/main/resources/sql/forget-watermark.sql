-- Of the table that was made anew nothing is known to be pulled or pushed.
update reconciler.watermark
set pulled_until = null, pushed_until = null
where client_id = cast(:#${exchangeProperty.run.client.id} as uuid) and table_name = :#${exchangeProperty.run.table.name}
