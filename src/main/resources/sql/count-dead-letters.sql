-- How many dead letters such a list has.
select count(*) from reconciler.dead_letter where :all or status = 'open'
