-- How many leads of any client have no record in Airtable.
select count(*) from ${rows} l where l.airtable_record_id is null or l.airtable_record_id = ''
