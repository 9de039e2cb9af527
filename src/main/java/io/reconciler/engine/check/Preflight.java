package io.reconciler.engine.check;

import io.reconciler.settings.Settings;
import io.reconciler.side.airtable.AirtableAnswer;
import io.reconciler.side.airtable.AirtableRequest;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;

/** Looks at everything that a run needs, on both sides, and changes nothing. */
public final class Preflight {

  private static final String ENVIRONMENT = "environment";

  private final Settings settings;
  private final MappingSet mappings;
  private final DatabaseCheck database;
  private final List<AirtableCheck> airtable;

  public Preflight(
      Settings settings,
      MappingSet mappings,
      DataSource database,
      Function<AirtableRequest, AirtableAnswer> airtable,
      Clock clock) {
    this(settings, mappings, List.of(), database, airtable, clock);
  }

  /** Asks this database and, through this function, Airtable; compares clocks with this one. */
  public Preflight(
      Settings settings,
      MappingSet mappings,
      List<String> tables,
      DataSource database,
      Function<AirtableRequest, AirtableAnswer> airtable,
      Clock clock) {
    this.settings = settings;
    this.mappings = some(mappings, tables);
    this.database = new DatabaseCheck(database, mappings, settings.storage().users(), clock);
    this.airtable =
        this.mappings.inOrder().stream()
            .map(
                mapping ->
                    new AirtableCheck(
                        mapping, mappings, new KeptFields(database, mapping)::of, airtable, clock))
            .toList();
  }

  private static MappingSet some(MappingSet mappings, List<String> tables) {
    return tables.isEmpty()
        ? mappings
        : new MappingSet(
            mappings.inOrder().stream().filter(m -> tables.contains(m.name())).toList());
  }

  /** What was found, in the order in which to put it right; never throws for what it finds. */
  public List<CheckLine> run() {
    List<CheckLine> lines = new ArrayList<>(environment());
    DatabaseCheck.Findings findings = database.run(settings.airtableBaseId());
    lines.addAll(findings.lines());
    // What is said of a base or the token is said once, however many tables there are.
    airtable.stream()
        .flatMap(check -> check.run(findings.bases()).stream())
        .distinct()
        .forEach(lines::add);
    return lines;
  }

  /** Whether any run has succeeded here. */
  public boolean hasRun() {
    return database.hasRun();
  }

  /** A pooler that shares connections out is all that there is to say. */
  public static CheckLine pooled(String problem) {
    return CheckLine.failed(DatabaseCheck.DATABASE, problem, "change DATABASE_URL");
  }

  private List<CheckLine> environment() {
    List<CheckLine> lines = new ArrayList<>();
    for (Mapping mapping : mappings.inOrder()) {
      lines.add(
          CheckLine.ok(
              ENVIRONMENT,
              "the variables are well-formed; the mapping has %d columns for the table %s"
                  .formatted(mapping.fields().size(), Names.quoted(mapping.table()))));
    }
    settings.warnings().forEach(text -> lines.add(CheckLine.warning(ENVIRONMENT, text, "")));
    return lines;
  }
}
