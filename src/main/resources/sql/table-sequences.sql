-- The sequences that a table's defaults draw from and this user may not.
select distinct cast(cast(s.oid as regclass) as text) from pg_attrdef d
join pg_depend p on p.classid = cast('pg_attrdef' as regclass) and p.objid = d.oid
  and p.refclassid = cast('pg_class' as regclass)
join pg_class s on s.oid = p.refobjid and s.relkind = 'S'
where d.adrelid = to_regclass(:table)
  -- asked of sequences only, whatever the order
  and case when s.relkind = 'S' then not has_sequence_privilege(s.oid, 'usage, update') end
