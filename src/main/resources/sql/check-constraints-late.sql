-- Looks at constraints that may be deferred only when the transaction ends.
set constraints all deferred
