package io.reconciler.pull;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.reconciler.airtable.AirtableAnswer;
import io.reconciler.airtable.AirtableException;
import io.reconciler.airtable.AirtableRecord;
import io.reconciler.airtable.AirtableRequest;
import io.reconciler.airtable.AirtableRequests;
import io.reconciler.airtable.TableFields;
import io.reconciler.apply.Page;
import io.reconciler.apply.Problem;
import io.reconciler.apply.Rejection;
import io.reconciler.apply.Stage;
import io.reconciler.mapping.FieldMapping;
import io.reconciler.mapping.Mapping;
import io.reconciler.merge.GroupValues;
import io.reconciler.run.Run;
import io.reconciler.run.RunFailedException;
import io.reconciler.store.AgreedValues;
import io.reconciler.store.LeadRow;
import io.reconciler.store.Rows;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices fields that are gone from Airtable. Such a field is left out of the run, with an error
 * and a dead letter; its absence from the records is never taken for a clear.
 */
public final class Drift {

  /** Stands for every record in the dead letter of a field. */
  public static final String ALL_RECORDS = "*";

  private static final Logger LOG = LoggerFactory.getLogger(Drift.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> FIELD_ERRORS =
      Set.of("UNKNOWN_FIELD_NAME", "INVALID_FILTER_BY_FORMULA");

  private final Mapping mapping;

  /** For this mapping. */
  public Drift(Mapping mapping) {
    this.mapping = mapping;
  }

  /** The request for the metadata of a run's base. */
  public AirtableRequest request(Run run) {
    return AirtableRequests.schema(run.client().baseId());
  }

  /**
   * Whether applying this page would empty a column in every record of it that holds a value. What
   * the portal has entered and Airtable has not got yet is no such value.
   */
  public boolean wouldClear(
      Page page, List<Map<String, Object>> leads, List<Map<String, Object>> agreed, Run run) {
    Map<String, LeadRow> rows = LeadRow.byRecord(Rows.json(leads), mapping);
    Map<String, AgreedValues> known = AgreedValues.byRecord(Rows.json(agreed), mapping);
    return mapping.airtableFields().stream()
        .filter(field -> !run.leftOut().contains(field.column()))
        .filter(field -> absent(field, page))
        .anyMatch(field -> rows.values().stream().anyMatch(l -> holds(l, field, known)));
  }

  /** A page without the columns that the run leaves out. */
  public Page without(Page page, Run run) {
    return run.leftOut().isEmpty()
        ? page
        : Page.pulled(page.records().stream().map(r -> r.without(run.leftOut())).toList());
  }

  /**
   * Leaves out the mapped fields that the metadata does not show; what that means for the ledgers.
   *
   * @throws RunFailedException when the table or its modification time is gone
   */
  public Rejection leaveOut(AirtableAnswer schema, Run run) {
    Set<String> there =
        TableFields.of(schema.body(), mapping.table())
            .orElseThrow(
                () ->
                    new RunFailedException(
                        "the base has no table \"" + mapping.table() + "\": set AIRTABLE_TABLE"));
    if (!there.contains(mapping.lastModifiedField())) {
      throw new RunFailedException(
          "the table has no field \""
              + mapping.lastModifiedField()
              + "\": add one of the type \"Last modified time\", or set"
              + " AIRTABLE_LAST_MODIFIED_FIELD");
    }
    return leaveOut(
        mapping.airtableFields().stream()
            .filter(field -> !there.contains(Objects.requireNonNull(field.airtableField())))
            .toList(),
        run);
  }

  /** Without metadata: leaves out the field that a refusal names, if there was one. */
  public Rejection leaveOutNamed(AirtableException.@Nullable Rejected refusal, Run run) {
    String text = refusal == null ? "" : String.valueOf(refusal.getMessage());
    return leaveOut(
        mapping.airtableFields().stream()
            .filter(field -> text.contains("\"" + field.airtableField() + "\""))
            .toList(),
        run);
  }

  /** Leaves out what an earlier run found to be gone; rows hold a column's name each. */
  public void leaveOutKnown(List<Map<String, Object>> rows, Run run) {
    run.leftOut().addAll(Rows.texts(rows));
  }

  /** Takes every mapped field for one that is there, until the metadata says otherwise. */
  public void forget(Run run) {
    run.leftOut().clear();
  }

  /** Asks for the metadata once a run at most. */
  public Rejection known(Rejection found, Listing listing) {
    listing.schemaKnown();
    return found;
  }

  /**
   * Starts the listing again without the fields that are gone.
   *
   * @throws AirtableException.Rejected when no field was found to be gone: it was refused for
   *     something else
   */
  public List<AirtableRecord> goOn(
      Listing listing, AirtableException.Rejected refusal, Rejection found) {
    if (!FIELD_ERRORS.contains(refusal.type()) || found.problems().isEmpty()) {
      throw refusal;
    }
    return listing.startOver();
  }

  private Rejection leaveOut(List<FieldMapping> gone, Run run) {
    List<Problem> problems = new ArrayList<>();
    for (FieldMapping field : gone) {
      if (run.leftOut().add(field.column())) {
        String reason =
            "the field \""
                + field.airtableField()
                + "\" is not in the Airtable table any more; the column "
                + field.column()
                + " is left as it is. Was it renamed? Name it in the mapping, or run `reconciler"
                + " check`";
        LOG.warn("{}: {}", run.client().baseId(), reason);
        run.counts().pullError("all records: " + reason);
        problems.add(
            new Problem(
                Stage.PULL, ALL_RECORDS, field.column(), reason, reason, JSON.createObjectNode()));
      }
    }
    return Rejection.of(problems, run.client().id(), run.id());
  }

  private static boolean absent(FieldMapping field, Page page) {
    return page.records().stream()
        .noneMatch(
            record ->
                record.failures().containsKey(field.column())
                    || (record.values().containsKey(field.column())
                        && !isEmpty(field, record.values().get(field.column()))));
  }

  private static boolean holds(LeadRow lead, FieldMapping field, Map<String, AgreedValues> known) {
    GroupValues agreed =
        field.group() == null
            ? null
            : known.getOrDefault(lead.recordId(), AgreedValues.NONE).agreed().get(field.group());
    Map<String, @Nullable Object> values = agreed == null ? lead.values() : agreed.values();
    return !isEmpty(field, values.get(field.column()));
  }

  // What an empty cell becomes: null, false, or the mapping's default.
  private static boolean isEmpty(FieldMapping field, @Nullable Object value) {
    Object normal = field.normalise(value);
    Set<Object> empty = new HashSet<>();
    empty.add(false);
    Object byDefault = field.normalise(field.defaultValue());
    return normal == null || empty.contains(normal) || normal.equals(byDefault);
  }
}
