package io.reconciler.engine.apply.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.reconciler.engine.run.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Records to be applied in one transaction.
 *
 * @param together whether they want what they hold of each other
 * @param look what was seen of their leads without a lock; null of a page nobody looked at
 * @param selectedAt of a push: {@code updated_at} of each lead when it was chosen; a lead that
 *     moved on since is left for its grace period to pass
 * @param held of a push: the field groups of each record that wait in the dead letters
 * @param sent of an answer to a PATCH: the field groups of each record that were in it
 */
public record Page(
    Purpose purpose,
    List<IncomingRecord> records,
    Map<String, Instant> selectedAt,
    Map<String, Set<String>> held,
    Map<String, Set<String>> sent,
    boolean together,
    @Nullable PageLook look) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What the records are applied for. */
  public enum Purpose {
    /** Stage 1: bring every mapped field into PostgreSQL. */
    PULL,
    /** Stage 1 as well: bring some fields into the leads that are there. */
    REFRESH,
    /** The same of links that waited for their targets; their records are counted already. */
    LINKS,
    /** Stage 2, before the PATCH: decide, settle what Airtable wins, say what to send. */
    PREPARE_PUSH,
    /** Stage 2, after the PATCH: the records are Airtable's answer to it. */
    CONFIRM_PUSH;

    /** Whether it is of some fields alone. */
    boolean isPartial() {
      return this == REFRESH || this == LINKS;
    }

    public Stage stage() {
      return this == PULL || isPartial() ? Stage.PULL : Stage.PUSH;
    }
  }

  public static Page pulled(List<IncomingRecord> records) {
    return of(Purpose.PULL, records, false);
  }

  /** The same; records that want what they hold of each other. */
  public static Page circle(List<IncomingRecord> records) {
    return of(Purpose.PULL, records, true);
  }

  /** A page of some fields alone. */
  public static Page refreshed(List<IncomingRecord> records) {
    return of(Purpose.REFRESH, records, false);
  }

  /** A page of links alone. */
  public static Page links(List<IncomingRecord> records) {
    return of(Purpose.LINKS, records, false);
  }

  private static Page of(Purpose purpose, List<IncomingRecord> records, boolean together) {
    return new Page(purpose, records, Map.of(), Map.of(), Map.of(), together, null);
  }

  /** Records of stage 2, to be decided before the PATCH. */
  public static Page candidates(
      List<IncomingRecord> records,
      Map<String, Instant> selectedAt,
      Map<String, Set<String>> held) {
    return new Page(Purpose.PREPARE_PUSH, records, selectedAt, held, Map.of(), false, null);
  }

  /** The answer to a PATCH of these field groups. */
  public static Page confirmed(List<IncomingRecord> records, Map<String, Set<String>> sent) {
    return new Page(Purpose.CONFIRM_PUSH, records, Map.of(), Map.of(), sent, false, null);
  }

  /** The same page, its records in another form. */
  public Page of(List<IncomingRecord> others) {
    return new Page(purpose, others, selectedAt, held, sent, together, look);
  }

  /** The same page, with what was seen of its leads. */
  public Page seen(PageLook leads) {
    return new Page(purpose, records, selectedAt, held, sent, together, leads);
  }

  /** The same page, one record at a time. */
  public List<Page> singly() {
    return records.stream().map(this::with).toList();
  }

  /** One of its records by itself. */
  public Page with(IncomingRecord record) {
    return new Page(purpose, List.of(record), selectedAt, held, sent, false, null);
  }

  public List<String> ids() {
    return records.stream().map(IncomingRecord::id).toList();
  }

  /** The record ids, as a JSON array. */
  public String recordIds() {
    ArrayNode ids = JSON.createArrayNode();
    records.forEach(record -> ids.add(record.id()));
    return ids.toString();
  }

  /** Without the values, which may not reach a log or the text of a failure. */
  @Override
  public String toString() {
    return records.size() + " records to " + purpose;
  }

  // Camel looks bodies up by their hash at every expression: that must not read a hundred records.
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
