-- How many leads of any client have no record in Airtable.
select count(*) from leads where airtable_record_id is null or airtable_record_id = ''
