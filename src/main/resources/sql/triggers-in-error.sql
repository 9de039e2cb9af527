-- The triggers that Quartz has given up on.
select t.trigger_group as "group", t.trigger_name as name
from reconciler.qrtz_triggers t
where t.sched_name = :scheduler and t.trigger_state = 'ERROR'
