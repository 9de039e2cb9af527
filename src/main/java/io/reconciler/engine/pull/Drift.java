package io.reconciler.engine.pull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reconciler.engine.apply.UnappliedRecords;
import io.reconciler.engine.apply.plan.Page;
import io.reconciler.engine.apply.plan.Problem;
import io.reconciler.engine.failure.MisconfiguredException;
import io.reconciler.engine.failure.RunFailedException;
import io.reconciler.engine.failure.RunStoppedException;
import io.reconciler.engine.field.FieldChanges;
import io.reconciler.engine.field.InversePairs;
import io.reconciler.engine.field.KnownFields;
import io.reconciler.engine.field.Misnamed;
import io.reconciler.engine.guard.ChangedBase;
import io.reconciler.engine.run.Run;
import io.reconciler.engine.run.Stage;
import io.reconciler.side.airtable.AirtableAnswer;
import io.reconciler.side.airtable.AirtableException;
import io.reconciler.side.airtable.AirtableRecord;
import io.reconciler.side.airtable.AirtableRequest;
import io.reconciler.side.airtable.AirtableRequests;
import io.reconciler.side.airtable.FieldKeys;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.text.Nearest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices fields that are gone from Airtable, or do not fit their column any more: such a field is
 * left out of the run, with an error and a dead letter.
 */
public final class Drift {

  /** Stands for every record in the dead letter of a field. */
  public static final String ALL_RECORDS = "*";

  private static final Logger LOG = LoggerFactory.getLogger(Drift.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> FIELD_ERRORS =
      Set.of("UNKNOWN_FIELD_NAME", "INVALID_FILTER_BY_FORMULA");

  private final MappingSet mappings;
  private final Clock clock;

  /** Asks for the metadata again once it is older than a while on this clock. */
  public Drift(MappingSet mappings, Clock clock) {
    this.mappings = mappings;
    this.clock = clock;
  }

  /** The request for the metadata of a run's base. */
  public AirtableRequest request(Run run) {
    return AirtableRequests.schema(run.client().baseId());
  }

  /** A page without the columns that the run leaves out. */
  public Page without(Page page, Run run) {
    Set<String> leftOut = run.table().leftOut();
    return leftOut.isEmpty()
        ? page
        : page.of(page.records().stream().map(r -> r.without(leftOut)).toList());
  }

  /**
   * Leaves out the mapped fields that the metadata does not show, or shows not to fit; what that
   * means for the ledgers.
   *
   * @throws RunFailedException when the table or its modification time is gone, or the latter is a
   *     day
   * @throws io.reconciler.engine.failure.RunStoppedException when the table was made anew, and the
   *     run is not told to take the new one
   * @throws MisconfiguredException when the portal owns both sides of one link
   */
  public UnappliedRecords leaveOut(
      AirtableAnswer schema, AirtableException.@Nullable Refused refusal, Run run) {
    if (!schema.body().path("tables").isArray()) {
      // A server that stands in for Airtable may know no metadata, and answer something else.
      return leaveOutNamed(refusal, run);
    }
    ensureOneOwnerOfLinks(schema, run);
    if (!ChangedBase.takes(run.request())) {
      ensureSameTable(schema, run);
    }
    KnownFields fields = run.table().fields();
    if (!fields.learn(schema.body(), mappings, clock.instant())) {
      throw new RunFailedException(noTable(schema.body(), run.mapping()));
    }
    tellReplaced(run);
    Set<String> gone = fields.gone();
    if (gone.contains(KnownFields.MODIFIED)) {
      throw new RunFailedException(Misnamed.noModifiedField(run.mapping(), fields.free()));
    }
    ModifiedTime.ensureTime(schema.body(), fields.keys(), run.mapping());
    gone.addAll(fields.unfit());
    return leaveOut(of(gone, run), run);
  }

  private static List<FieldMapping> of(Set<String> columns, Run run) {
    return run.mapping().airtableFields().stream()
        .filter(field -> columns.contains(field.column()))
        .toList();
  }

  private void ensureOneOwnerOfLinks(AirtableAnswer schema, Run run) {
    InversePairs.problem(schema.body(), mappings.of(run.client().baseId()))
        .ifPresent(
            problem -> {
              throw new MisconfiguredException(problem);
            });
  }

  private static void ensureSameTable(AirtableAnswer schema, Run run) {
    run.table()
        .fields()
        .remade(schema.body())
        .ifPresent(
            remade -> {
              throw new RunStoppedException(remade.text());
            });
  }

  /**
   * Says why a table's records were refused.
   *
   * @throws io.reconciler.engine.failure.RunStoppedException when the table was made anew
   * @throws Exception the refusal itself, when the metadata has no better reason
   */
  public void explain(AirtableAnswer schema, Exception refusal, Run run) throws Exception {
    ensureSameTable(schema, run);
    throw refusal;
  }

  /**
   * Leaves a refusal as it is.
   *
   * @throws Exception the same
   */
  public void passOn(Exception refusal) throws Exception {
    throw refusal;
  }

  private static void tellReplaced(Run run) {
    FieldChanges changes = run.table().fields().changes();
    for (FieldMapping field : changes.replaced()) {
      if (!changes.isInAnotherColumn(field)) {
        LOG.warn(
            changes.isNamedOtherwise(field)
                ? "{}: the mapping names another field than before, \"{}\": what was agreed on for the"
                    + " column {} is forgotten, and both sides agree on it afresh"
                : "{}: the field \"{}\" was made anew in Airtable: what was agreed on for the column {}"
                    + " is forgotten, and both sides agree on it afresh",
            run.client().baseId(),
            field.airtableField(),
            field.column());
      }
    }
    for (FieldMapping field : changes.converted()) {
      LOG.warn(
          "{}: the type of the field \"{}\" was changed: what was agreed on for the column {} counts"
              + " where Airtable still shows it, and both sides agree on the rest afresh",
          run.client().baseId(),
          field.airtableField(),
          field.column());
    }
  }

  private static String noTable(JsonNode schema, Mapping mapping) {
    List<String> names = new ArrayList<>();
    schema.path("tables").forEach(table -> names.add(table.path("name").asText()));
    return Misnamed.noTable(mapping, names);
  }

  /**
   * Without metadata: leaves out the field that a refusal names, if there was one, and those that
   * did not fit when it was last read. Where the mapping has names alone, kept ids that Airtable
   * does not know any more are forgotten instead.
   *
   * @throws MisconfiguredException when the mapping has an id that nothing is known of
   */
  public UnappliedRecords leaveOutNamed(AirtableException.@Nullable Refused refusal, Run run) {
    KnownFields fields = run.table().fields();
    FieldKeys before = fields.keys();
    fields.refused(clock.instant());
    requireNames(fields);
    String text = refusal == null ? "" : String.valueOf(refusal.getMessage());
    if (refusal != null && FIELD_ERRORS.contains(refusal.type()) && before.byId()) {
      fields.forgetIds();
    }
    List<FieldMapping> left = new ArrayList<>(of(fields.unfit(), run));
    left.addAll(fields.keys().equals(before) ? named(text, before, run) : List.of());
    return leaveOut(left, run);
  }

  /** Whether a refusal is about a field that is known to be gone, and the metadata says nothing. */
  public boolean isKnownGone(AirtableException.@Nullable Refused refusal, Run run) {
    KnownFields fields = run.table().fields();
    if (refusal == null || fields.isAllowed()) {
      return false;
    }
    List<FieldMapping> named = named(String.valueOf(refusal.getMessage()), fields.keys(), run);
    return !named.isEmpty()
        && named.stream().allMatch(field -> fields.missing().contains(field.column()));
  }

  private List<FieldMapping> named(String text, FieldKeys keys, Run run) {
    return run.mapping().airtableFields().stream()
        .filter(f -> text.contains("\"" + keys.of(reference(f)) + "\""))
        .toList();
  }

  private static String reference(FieldMapping field) {
    return Objects.requireNonNull(field.airtableField());
  }

  private static void requireNames(KnownFields fields) {
    if (!fields.unresolved().isEmpty()) {
      throw new MisconfiguredException(
          "the mapping (or AIRTABLE_TABLE, AIRTABLE_LAST_MODIFIED_FIELD) names "
              + fields.unresolved().get(0)
              + ", an id, and the token may not read what ids stand for: give it the scope"
              + " schema.bases:read, or write the name instead, such as Company");
    }
  }

  /** Takes every mapped field for one that is there, until the metadata says otherwise. */
  public void forget(Run run) {
    run.table().leftOut().clear();
  }

  /**
   * Starts the listing again without the fields that are gone, or under the keys that hold now.
   *
   * @throws AirtableException.Rejected when neither is so: it was refused for something else
   */
  public List<AirtableRecord> goOn(
      PagedListing listing, AirtableException.Rejected refusal, UnappliedRecords found, Run run) {
    boolean otherKeys = !run.table().fields().keys().equals(listing.keys());
    if (!FIELD_ERRORS.contains(refusal.type()) || (found.problems().isEmpty() && !otherKeys)) {
      throw refusal;
    }
    return listing.startOver(otherKeys);
  }

  /** Starts the listing again if the keys that it went by are others now. */
  public void reread(PagedListing listing, Run run) {
    if (!run.table().fields().keys().equals(listing.keys())) {
      listing.startOver(true);
    }
  }

  private UnappliedRecords leaveOut(List<FieldMapping> gone, Run run) {
    List<Problem> problems = new ArrayList<>();
    for (FieldMapping field : gone) {
      if (run.table().leftOut().add(field.column())) {
        String reason =
            run.table().fields().unfit().contains(field.column())
                ? unfit(field, run)
                : gone(field, run);
        LOG.warn("{}: {}", run.client().baseId(), reason);
        run.counts().pullError("all records: " + reason);
        problems.add(
            new Problem(
                Stage.PULL, ALL_RECORDS, field.column(), reason, reason, JSON.createObjectNode()));
      }
    }
    return UnappliedRecords.of(problems, run.client().id(), run.id());
  }

  private static String gone(FieldMapping field, Run run) {
    return "the field \""
        + field.airtableField()
        + "\" is not in the Airtable table any more; the column "
        + field.column()
        + " is left as it is"
        + Nearest.meant(String.valueOf(field.airtableField()), run.table().fields().free())
        + ". Was it renamed? Name it in the mapping"
        + in(run.mapping().places().ofField(field.column(), "airtable_field"))
        + ", or run `reconciler check`";
  }

  private static String unfit(FieldMapping field, Run run) {
    return "the field \""
        + field.airtableField()
        + "\" does not fit the column "
        + field.column()
        + run.table().fields().unfitReason(field.column())
        + "; the column is left as it is until the field fits. `reconciler check` says what to do";
  }

  private static String in(String place) {
    return place.isEmpty() ? "" : " (" + place.substring(0, place.length() - 2) + ")";
  }
}
