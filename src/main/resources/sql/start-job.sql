-- Begins what somebody asked for on a page.
insert into reconciler.job (id, kind, requester, title) values (:id, :kind, :requester, :title)
