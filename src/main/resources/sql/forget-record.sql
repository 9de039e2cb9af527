-- Removes a record from all of the engine's tables; what runs say of it goes, their counts stay.
with "@conflicts" as (
  delete from reconciler.conflict where airtable_record_id = :id returning 1),
"@dead_letters" as (
  delete from reconciler.dead_letter where airtable_record_id = :id returning 1),
"@left_records" as (
  delete from reconciler.left_record where airtable_record_id = :id returning 1),
"@agreed" as (
  delete from reconciler.agreed_value where airtable_record_id = :id returning 1),
"@changes" as (
  delete from reconciler.run_change where airtable_record_id = :id),
"@notices" as (
  delete from reconciler.notice where position(:id in subject || text || coalesce(failure, '')) > 0 returning 1),
"@runs" as (
  update reconciler.run r
  set failure = replace(r.failure, :id, 'a forgotten record'),
    result = (
      select cast(replace(cast(jsonb_object_agg(part.key,
        case when jsonb_typeof(part.value -> 'errors') = 'array'
          then jsonb_set(part.value, '{errors}', (
            select coalesce(jsonb_agg(e.value order by e.place), '[]')
            from jsonb_array_elements(part.value -> 'errors') with ordinality e (value, place)
            where position(:id in cast(e.value as text)) = 0))
          else part.value end) as text), :id, 'a forgotten record') as jsonb)
      from jsonb_each(r.result) part)
  where position(:id in coalesce(r.failure, '') || coalesce(cast(r.result as text), '')) > 0
  returning 1)
select (select count(*) from "@conflicts") as conflicts, (select count(*) from "@dead_letters") as dead_letters,
  (select count(*) from "@agreed") as agreed_values, (select count(*) from "@notices") as notices,
  (select count(*) from "@runs") as runs,
  exists (select from ${rows} l where l.airtable_record_id = :id) as has_lead
