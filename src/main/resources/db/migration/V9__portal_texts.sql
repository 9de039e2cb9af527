-- What the portal itself wrote last, and what it held when the engine last left it: by field group, then by
-- column, where it is not the agreed value. So a line that was taken away differs from one never seen.
alter table reconciler.agreed_value
  add column written jsonb not null default '{}',
  add column seen jsonb not null default '{}';
