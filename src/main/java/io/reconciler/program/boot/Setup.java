package io.reconciler.program.boot;

import io.reconciler.settings.InvalidSettingsException;
import io.reconciler.settings.Settings;
import io.reconciler.settings.UsersTable;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.FirstStartPlan;
import io.reconciler.side.postgres.Migrations;
import io.reconciler.side.postgres.SqlFile;
import io.reconciler.side.postgres.rules.LeadsTable;
import io.reconciler.side.postgres.rules.SchemaProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes a database ready for runs: migrated, of the right shape, with its first client. */
public final class Setup {

  private static final String NONE = "select not exists (select from clients)";
  private static final String FIRST = SqlFile.read("insert-first-client");

  private final Settings settings;
  private final MappingSet mappings;
  private final DataSource database;
  private final Consumer<String> log;

  /** The setting up of a database; a first start says what it makes before it does. */
  public Setup(Settings settings, MappingSet mappings, DataSource database, Consumer<String> log) {
    this.settings = settings;
    this.mappings = mappings;
    this.database = database;
    this.log = log;
  }

  /**
   * Makes it ready.
   *
   * @throws InvalidSettingsException when the portal's tables are not as they must be; with the DDL
   */
  public void prepare() {
    refuse(new LeadsTable(database, mappings, users()).problems());
    migrate();
    String base = settings.airtableBaseId();
    JdbcClient jdbc = JdbcClient.create(database);
    // The right to insert is wanted as soon as it is tried, even if there is nothing to add.
    if (base != null && jdbc.sql(NONE).query(Boolean.class).single()) {
      jdbc.sql(FIRST).param("id", UUID.randomUUID()).param("base", base).update();
    }
  }

  /**
   * Makes what is missing, whatever the tables that are there look like.
   *
   * @return whether anything was
   */
  public boolean migrate() {
    Migrations migrations = new Migrations(database, mappings, users());
    if (migrations.upToDate()) {
      return false;
    }
    refuse(new LeadsTable(database, mappings, users()).obstacles());
    new FirstStartPlan(database, mappings, users()).lines().forEach(log);
    migrations.migrate();
    return true;
  }

  private UsersTable users() {
    return settings.storage().users();
  }

  private static void refuse(List<SchemaProblem> problems) {
    List<String> refused = new ArrayList<>();
    for (SchemaProblem problem : problems) {
      if (problem.fatal()) {
        refused.add(problem.text() + (problem.ddl().isEmpty() ? "" : "; fix: " + problem.ddl()));
      }
    }
    if (!refused.isEmpty()) {
      throw new InvalidSettingsException(refused);
    }
  }
}
