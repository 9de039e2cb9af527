package io.reconciler.side.airtable;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A read of certain records, over as many pages as it takes. Used by one thread. */
public final class RecordRead {

  private final AirtableRequests requests;
  private final String baseId;
  private final List<String> fields;
  private final List<String> wanted;
  private final List<String> recordIds;
  private final Paging paging;
  private final Map<String, AirtableRecord> records = new LinkedHashMap<>();
  private final Set<String> unreadable = new HashSet<>();
  private boolean nameless;
  private Instant asked = Instant.MAX;

  /**
   * Of up to {@link AirtableRequests#PAGE_SIZE} records; none needs no request.
   *
   * @param modified whether every record shows its modification time among these fields
   */
  public RecordRead(
      AirtableRequests requests,
      String baseId,
      List<String> fields,
      List<String> recordIds,
      boolean modified) {
    this.requests = requests;
    this.baseId = baseId;
    this.fields = fields;
    this.wanted = List.copyOf(recordIds);
    this.paging = new Paging(AirtableRequests.PAGE_SIZE, modified);
    // A lead may be linked to what is no id at all: no record has it, and no formula may hold it.
    this.recordIds = recordIds.stream().filter(RecordPage::isId).toList();
  }

  /** Whether there is another page. */
  public boolean isMore() {
    return !recordIds.isEmpty() && paging.isMore();
  }

  /** The request for the next page. */
  public AirtableRequest next() {
    return requests.list(baseId, fields, Formula.anyOf(recordIds), paging.offset());
  }

  /** Takes a page. */
  public void take(AirtableAnswer answer) {
    RecordPage page = requests.page(answer);
    Instant sent = answer.asked() == null ? Instant.MIN : answer.asked();
    asked = sent.isBefore(asked) ? sent : asked;
    List<AirtableRecord> found =
        page.records().stream().filter(r -> recordIds.contains(r.id())).toList();
    found.forEach(record -> records.put(record.id(), record));
    if (paging.take(page, found.size())) {
      unreadable.addAll(page.unreadableIds());
      nameless |= page.unreadable().size() > page.unreadableIds().size();
    }
  }

  /** Airtable showed them no earlier than that: when the first of its requests left. */
  public Instant asked() {
    return asked;
  }

  public List<AirtableRecord> records() {
    return List.copyOf(records.values());
  }

  /**
   * Those that do not exist in this table, once it is read to its end. One that an answer named but
   * did not show is none of them; where an answer did not even name what it did not show, none is.
   */
  public List<String> absent() {
    return nameless ? List.of() : wanted.stream().filter(this::isAbsent).toList();
  }

  /** Those of which nothing is known: neither found nor absent. */
  public List<String> unknown() {
    return wanted.stream()
        .filter(id -> !records.containsKey(id) && (nameless || unreadable.contains(id)))
        .toList();
  }

  private boolean isAbsent(String id) {
    return !records.containsKey(id) && !unreadable.contains(id);
  }
}
