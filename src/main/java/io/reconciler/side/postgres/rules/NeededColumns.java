package io.reconciler.side.postgres.rules;

import io.reconciler.side.mapping.PgType;
import io.reconciler.side.mapping.PgType.Base;
import io.reconciler.side.postgres.rules.ColumnRules.Expected;
import java.util.List;

/** The columns that the engine needs of {@code leads} and {@code clients}, whatever is mapped. */
final class NeededColumns {

  private static final PgType UUID = new PgType(Base.UUID, 0);
  private static final PgType TIME = new PgType(Base.TIMESTAMPTZ, 0);
  private static final PgType TEXT = new PgType(Base.VARCHAR, 255);
  private static final PgType FLAG = new PgType(Base.BOOLEAN, 0);
  private static final int AIRTABLE_ID = 17;

  /** The key of either. */
  static final Expected ID = expected("id", UUID, 0, " not null", " default gen_random_uuid()");

  static final List<Expected> LEADS =
      List.of(
          ID,
          expected("client_id", UUID, 0, "", ""),
          expected("airtable_record_id", TEXT, AIRTABLE_ID, "", ""),
          expected("created_at", TIME, 0, " not null", " default now()"),
          expected("updated_at", TIME, 0, " not null", " default now()"));

  static final List<Expected> CLIENTS =
      List.of(
          ID,
          expected("company_name", TEXT, 1, " not null", " default ''"),
          expected("email", TEXT, 1, " not null", " default ''"),
          expected("airtable_base_id", TEXT, AIRTABLE_ID, "", ""),
          expected("is_active", FLAG, 0, " not null", " default true"));

  private NeededColumns() {}

  private static Expected expected(
      String column, PgType type, int length, String notNull, String defaultClause) {
    return new Expected(
        column, type, length, column + " " + type.sql() + defaultClause + notNull, defaultClause);
  }
}
