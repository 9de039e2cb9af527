package io.reconciler.program.demo;

import io.reconciler.sandbox.Sandbox;
import io.reconciler.sandbox.SandboxOptions;
import io.reconciler.sandbox.samples.SampleCompanies;
import io.reconciler.sandbox.samples.SampleLeads;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.settings.Settings;
import io.reconciler.side.mapping.Mapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * The two sides of the demo: a sandbox with Airtable's real limits, and a PostgreSQL of its own.
 */
record DemoSides(
    Sandbox sandbox,
    SandboxTable leads,
    SandboxTable companies,
    DemoPostgres postgres,
    Settings settings)
    implements AutoCloseable {

  static final String BASE = "appDemoDemoDemo01";
  private static final String TOKEN = "patDemoDemoDemo01.sandbox";
  private static final long SEED = 2026;

  /** Starts both sides, on free ports, with so many leads in Airtable. */
  static DemoSides start(Mapping mapping, int count, Clock clock) throws IOException {
    Sandbox sandbox =
        Sandbox.start(SandboxOptions.defaults().withPort(0).withClock(clock).withTokens(TOKEN));
    List<String[]> fields =
        mapping.airtableFields().stream()
            .map(
                field ->
                    new String[] {
                      Objects.requireNonNull(field.airtableField()),
                      Objects.requireNonNull(field.airtableType())
                    })
            .toList();
    SandboxTable leads =
        sandbox
            .base(BASE)
            .addTable(mapping.table(), SampleLeads.fields(fields, mapping.lastModifiedField()));
    SampleLeads.fill(leads, count, SEED, clock.instant());
    SandboxTable companies = companies(sandbox, leads, mapping, clock);
    DemoPostgres postgres = DemoPostgres.start();
    Map<String, String> environment =
        Map.of(
            "DATABASE_URL",
            postgres.url(),
            "AIRTABLE_API_KEY",
            TOKEN,
            "AIRTABLE_BASE_ID",
            BASE,
            "AIRTABLE_API_URL",
            sandbox.url().toString(),
            "RECONCILER_JWT_SECRET",
            UUID.randomUUID().toString());
    return new DemoSides(
        sandbox, leads, companies, postgres, Settings.read(environment::get, Set.of()));
  }

  private static SandboxTable companies(
      Sandbox sandbox, SandboxTable leads, Mapping mapping, Clock clock) {
    SandboxTable companies =
        sandbox
            .base(BASE)
            .addTable("Companies", SampleCompanies.fields(mapping.lastModifiedField()));
    leads.addLink(DemoTables.LINK, companies, true, mapping.table());
    String name = Objects.requireNonNull(mapping.column("company").airtableField());
    SampleCompanies.fill(companies, leads, name, DemoTables.LINK, SEED, clock.instant());
    return companies;
  }

  /** The URL for psql, while the demo is up. */
  String databaseUrl() {
    return postgres.url();
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
}
