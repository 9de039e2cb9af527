-- How many runs such a list has.
select count(*) from reconciler.run where :all or started_at > now() - interval '7 days'
