-- The company that a lead is linked to.
select c.name from leads l join companies c on c.id = l.employer_id where l.airtable_record_id = :id
