-- Takes the engine's schema away again after a first start that failed, unless another instance has filled it.
do $body$
begin
  if to_regclass('reconciler.schema_history') is not null then
    lock table reconciler.schema_history in access exclusive mode;
    if exists (select from reconciler.schema_history where version is not null) then
      return;
    end if;
    drop table reconciler.schema_history;
  end if;
  drop schema if exists reconciler;
end
$body$
