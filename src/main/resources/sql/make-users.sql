-- Makes the table of those who may sign in, where it is missing: another one may be named after the first start.
select reconciler.make_users(coalesce(cast(:schema as text), cast(current_schema() as text)), cast(:name as text))
