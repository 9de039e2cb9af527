package io.reconciler.engine.pull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.engine.failure.RunFailedException;
import io.reconciler.engine.field.EnumColumns;
import io.reconciler.engine.field.EnumLabels;
import io.reconciler.engine.field.FieldChanges;
import io.reconciler.engine.field.KnownFields;
import io.reconciler.engine.field.OtherTable;
import io.reconciler.engine.guard.ChangedBase;
import io.reconciler.engine.run.Run;
import io.reconciler.engine.run.RunTable;
import io.reconciler.engine.run.StatementNames;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.LeadKey;
import io.reconciler.side.postgres.OneColumn;
import io.reconciler.side.postgres.rules.LeadsTable;
import io.reconciler.side.postgres.rules.TableAccess;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks up, at the beginning of a run, what is known of its fields. */
public final class FieldLookup {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Logger LOG = LoggerFactory.getLogger(FieldLookup.class);

  private final LeadKey keys;
  private final TableAccess access;
  private final StatementNames statements;
  private final MappingSet mappings;

  /** How records name rows is looked up here, what is kept from us, and the statements to use. */
  public FieldLookup(
      LeadKey keys, TableAccess access, StatementNames statements, MappingSet mappings) {
    this.mappings = mappings;
    this.keys = keys;
    this.access = access;
    this.statements = statements;
  }

  /** What to look for, for the statement. */
  public Wanted wanted(Run run) {
    run.table().named(keys.naming(run.mapping()));
    return new Wanted(
        run.client().baseId(),
        run.mapping().table(),
        EnumLabels.names(run.mapping()),
        run.mapping().postgres().table(),
        targets(run.mapping()));
  }

  // Of a table that is linked to itself its own place says the same.
  private String targets(Mapping mapping) {
    ObjectNode targets = JSON.createObjectNode();
    for (FieldMapping field : mapping.fields()) {
      String to = field.conversion().to();
      if (field.isLinked() && to != null && !to.equals(mapping.name())) {
        mappings.named(to).ifPresent(m -> targets.put(field.column(), m.postgres().table()));
      }
    }
    return targets.toString();
  }

  /** Takes what was kept, the types that the columns have now, and what may be kept from us. */
  public void kept(String row, Run run) {
    JsonNode kept = OneColumn.parse(row);
    Mapping fitted = new EnumColumns(kept.path("labelled")).fit(run.table().declared());
    run.table().fitted(fitted, statements.of(fitted));
    RunTable table = run.table();
    table.lookedUp(KnownFields.kept(fitted, kept), kept.path("row_security").asBoolean());
    table.lacksRight(lacksRight(kept.path("denied"), fitted));
  }

  // Columns that the portal keeps to itself are nobody's business.
  private static boolean lacksRight(JsonNode denied, Mapping mapping) {
    for (JsonNode column : denied) {
      if (mapping.columns().contains(column.asText())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Takes which of the portal's columns that were made anew hold what was agreed on, copied over as
   * when a type is changed: those are no new ones. Tells of the others.
   */
  public void filled(List<Map<String, Object>> rows, Run run) {
    FieldChanges changes = run.table().fields().changes();
    changes.filled(OneColumn.texts(rows));
    changes.replaced().stream()
        .filter(changes::isInAnotherColumn)
        .forEach(field -> tellReplaced(field, run));
  }

  /** Takes what a table is like that has come in the place of the known one. */
  public void looked(String row, Run run) {
    KnownFields fields = run.table().fields();
    fields.places().looked(OtherTable.of(OneColumn.parse(row)));
    if (fields.places().inPlace().isPresent()) {
      run.table().fillUp();
    } else {
      run.table().foundWhole();
    }
  }

  private static void tellReplaced(FieldMapping field, Run run) {
    LOG.warn(
        "{}: the column {} was made anew in PostgreSQL and is empty: what was agreed on for it does"
            + " not count any more, and both sides agree on it afresh",
        run.client().baseId(),
        field.column());
  }

  /**
   * Lets a run go on that sees the rows of its table, each record's one, and may write them.
   *
   * @throws RunFailedException when row security keeps every one of them from this user, a right on
   *     a mapped column is missing, or no index keeps a second row of a record away
   */
  public void ensureRowsShow(Run run) {
    if (run.table().isWithoutIndex()) {
      throw new RunFailedException(LeadsTable.unnamed(run.mapping()));
    }
    // What only looks is dry too, and needs no such right; what tries its writes is told by them.
    if (run.table().isLackingRight() && !run.request().dryRun()) {
      access.missingRight(run.mapping()).ifPresent(FieldLookup::refuse);
    }
    if (run.table().hasPolicies()) {
      access.refusal(run.mapping().postgres().table()).ifPresent(FieldLookup::refuse);
      run.table().hidesRows(access.mayHideRows(run.mapping()));
    }
  }

  private static void refuse(String text) {
    throw new RunFailedException(text);
  }

  /**
   * Whether the metadata is to be asked for before anything else: it is not known well enough, the
   * run is told to take a table that was made anew, or it reads every record again, so that a field
   * whose type was changed some while ago would empty a whole column.
   */
  public boolean isToBeAsked(Run run) {
    KnownFields fields = run.table().fields();
    return fields.isStale()
        || ChangedBase.takes(run.request())
        || (run.request().full()
            && run.isLoaded()
            && fields.isAllowed()
            && !fields.age().isRecent());
  }

  /** Leaves out what an earlier run left out, without asking. */
  public void leaveOutKnown(Run run) {
    RunTable table = run.table();
    table.leftOut().addAll(table.fields().missing());
    table.leftOut().addAll(table.fields().gone());
    table.leftOut().addAll(table.fields().unfit());
  }

  /**
   * A table in a base and its relation in PostgreSQL, the enums of its columns as a JSON array, and
   * the relations that its links point at as a JSON object, by column.
   */
  public record Wanted(
      String baseId, String table, String enums, String relation, String targets) {}
}
