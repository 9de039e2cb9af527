-- How many requests a base has used of each month (UTC), counted over all processes on the database.
create table reconciler.request_count (
  base_id varchar(255) not null,
  month date not null,
  requests bigint not null,
  primary key (base_id, month)
);
