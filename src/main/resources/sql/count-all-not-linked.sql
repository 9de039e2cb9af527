-- How many leads of any client have no record in Airtable.
select count(*) from ${rows} l where (btrim(l.airtable_record_id) <> '') is not true
