-- Operators are told when the requests of a month will not do.
alter table reconciler.notice drop constraint notice_kind_check;
alter table reconciler.notice add constraint notice_kind_check
  check (kind in ('failing', 'stopped', 'recovered', 'dead-letters', 'quota'));
