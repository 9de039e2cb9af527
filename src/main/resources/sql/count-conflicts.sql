-- How many conflicts such a list has.
select count(*) from reconciler.conflict where :all or status = 'open'
