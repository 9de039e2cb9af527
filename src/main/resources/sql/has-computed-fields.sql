-- Whether Airtable computes a mapped field of a base, as far as known.
select exists (
  select from reconciler.field
  where computed and column_name <> '@modified'
    and base_id = :#${body.request.client}) as computed
