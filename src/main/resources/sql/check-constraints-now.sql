-- Looks at deferred constraints now, and not when the transaction ends.
set constraints all immediate
