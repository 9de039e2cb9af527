package io.reconciler.engine.check;

import io.reconciler.engine.field.EnumLabels;
import io.reconciler.engine.field.KnownFields;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.OneColumn;
import io.reconciler.side.postgres.SqlFile;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What runs know of a base's fields; nothing where no run of this version was yet. */
final class KeptFields {

  private static final String READ =
      SqlFile.read("read-fields")
          .replace(":#${body.baseId}", "cast(:base as text)")
          .replace(":#${body.table}", "cast(:table as text)")
          .replace(":#${body.enums}", "cast(:enums as text)")
          .replace(":#${body.relation}", "cast(:relation as text)")
          // Whether links point at another table than before is for runs to find out.
          .replace(":#${body.targets}", "'{}'");

  private final JdbcClient jdbc;
  private final Mapping mapping;

  KeptFields(DataSource database, Mapping mapping) {
    this.jdbc = JdbcClient.create(database);
    this.mapping = mapping;
  }

  KnownFields of(String base) {
    try {
      String row =
          jdbc.sql(READ)
              .param("base", base)
              .param("table", mapping.table())
              .param("enums", EnumLabels.names(mapping))
              .param("relation", mapping.postgres().table())
              .query(String.class)
              .single();
      return KnownFields.kept(mapping, OneColumn.parse(row));
    } catch (DataAccessException e) {
      return KnownFields.kept(mapping, OneColumn.parse("{}"));
    }
  }
}
