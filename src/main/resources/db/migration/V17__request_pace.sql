-- What a base was seen to allow: the share of the set pace that its requests keep to, for all processes on the database.
create table reconciler.request_pace (
  base_id varchar(255) primary key,
  pace double precision not null check (pace > 0 and pace <= 1),
  lowered_at timestamptz not null,
  held_until timestamptz not null
);

-- The same now: after it was held it grows back to the whole within as long a time again.
create view reconciler.present_pace as
select base_id,
  case when clock_timestamp() < held_until then pace
    else least(1, pace + (1 - pace) * extract(epoch from clock_timestamp() - held_until)
      / greatest(1, extract(epoch from held_until - lowered_at)))
  end as pace
from reconciler.request_pace;
