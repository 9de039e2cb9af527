package io.reconciler.bench;

import io.reconciler.sandbox.LoggedRequest;
import io.reconciler.sandbox.Sandbox;
import io.reconciler.sandbox.SandboxOptions;
import io.reconciler.sandbox.samples.SampleLeads;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingFile;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A sandbox of leads and an empty PostgreSQL for a program in another process. */
record BenchSides(
    Sandbox sandbox, EmbeddedPostgres postgres, BenchOptions options, String mappingTable)
    implements AutoCloseable {

  private static final String BASE = "appBenchBenchBen1";
  private static final String TOKEN = "patBenchBenchBen1.bench";
  private static final long SEED = 2026;

  static BenchSides start(BenchOptions options) throws IOException {
    Mapping mapping = mapping(options);
    Sandbox sandbox =
        Sandbox.start(
            SandboxOptions.defaults().withTokens(TOKEN).withRequestsPerSecond(options.rate()));
    fill(sandbox, BASE, mapping, options.leads());
    return new BenchSides(sandbox, startPostgres(), options, mapping.table());
  }

  private static void fill(Sandbox sandbox, String base, Mapping mapping, int leads) {
    List<String[]> fields =
        mapping.airtableFields().stream()
            .map(
                f ->
                    new String[] {
                      Objects.requireNonNull(f.airtableField()),
                      Objects.requireNonNull(f.airtableType())
                    })
            .toList();
    SampleLeads.fill(
        sandbox
            .base(base)
            .addTable(mapping.table(), SampleLeads.fields(fields, mapping.lastModifiedField())),
        leads,
        SEED,
        Instant.now());
  }

  // As a server is run: what is committed is on the disk. Statements are counted.
  private static EmbeddedPostgres startPostgres() throws IOException {
    return EmbeddedPostgres.builder()
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("max_connections", "100")
        .setServerConfig("shared_preload_libraries", "pg_stat_statements")
        .start();
  }

  /** A connection to the program's database. */
  Connection connection() throws SQLException {
    return postgres.getPostgresDatabase().getConnection();
  }

  /** PostgreSQL as it was in the beginning. */
  void emptyDatabase() throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      statement.execute("drop schema if exists reconciler cascade");
      statement.execute("drop schema public cascade");
      statement.execute("create schema public");
      statement.execute("checkpoint");
    }
  }

  /** Nothing was modified lately any more: the next run lists none of it. */
  void forgetWindow() {
    Instant before = Instant.now().minus(Duration.ofHours(3));
    table().ids().forEach(id -> table().setModified(id, before));
  }

  /** Another base with so many leads. */
  void addBase(String base, int leads) throws IOException {
    fill(sandbox, base, mapping(options), leads);
  }

  /** One bad value in every so many records. */
  void spoil(int every) {
    List<String> ids = table().ids();
    for (int i = 0; i < ids.size(); i += every) {
      table().update(ids.get(i), Map.of("Claimed By", "nobody"));
    }
  }

  /** What points the program at both sides. */
  Map<String, String> environment() {
    String database =
        "postgresql://postgres:postgres@127.0.0.1:" + postgres.getPort() + "/postgres";
    Map<String, String> environment = new HashMap<>();
    environment.put("DATABASE_URL", database);
    environment.put("AIRTABLE_API_KEY", TOKEN);
    environment.put("AIRTABLE_BASE_ID", BASE);
    environment.put("AIRTABLE_API_URL", sandbox.url().toString());
    environment.put(
        "RECONCILER_RATE_LIMIT_MS",
        options.rate() == 0 ? "1" : String.valueOf(1000 / options.rate()));
    if (options.mapping() != null) {
      environment.put("RECONCILER_MAPPING", "file:" + options.mapping().toAbsolutePath());
    }
    return Map.copyOf(environment);
  }

  /** The client's table in Airtable. */
  SandboxTable table() {
    return sandbox.base(BASE).table(mappingTable);
  }

  /** When the first request since the last call came, null when none did. */
  @Nullable Instant firstRequest() {
    List<LoggedRequest> requests = sandbox.requests();
    return requests.isEmpty() ? null : requests.get(0).at();
  }

  @Override
  public void close() {
    sandbox.close();
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Mapping mapping(BenchOptions options) throws IOException {
    try (InputStream in =
        options.mapping() == null
            ? Objects.requireNonNull(BenchSides.class.getResourceAsStream("/mapping/leads.yaml"))
            : Files.newInputStream(options.mapping())) {
      return MappingFile.read("the mapping", in);
    }
  }
}
