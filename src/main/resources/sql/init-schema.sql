-- Where a new table goes; empty when the search path names no schema that is there.
select coalesce(current_schema(), '')
