package io.reconciler.side.airtable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A read of certain records, over as many pages as it takes. Used by one thread. */
public final class RecordRead {

  private final AirtableRequests requests;
  private final String baseId;
  private final List<String> fields;
  private final List<String> recordIds;
  private final List<AirtableRecord> records = new ArrayList<>();
  private final Offsets offsets = new Offsets(AirtableRequests.PAGE_SIZE);
  private @Nullable String offset;
  private boolean more;
  private Instant asked = Instant.MAX;

  /** Of up to {@link AirtableRequests#PAGE_SIZE} records; none needs no request. */
  public RecordRead(
      AirtableRequests requests, String baseId, List<String> fields, List<String> recordIds) {
    this.requests = requests;
    this.baseId = baseId;
    this.fields = fields;
    // A lead may be linked to what is no id at all: no record has it, and no formula may hold it.
    this.recordIds = recordIds.stream().filter(RecordPage::isId).toList();
    this.more = !this.recordIds.isEmpty();
  }

  /** Whether there is another page. */
  public boolean isMore() {
    return more;
  }

  /** The request for the next page. */
  public AirtableRequest next() {
    return requests.list(baseId, fields, Formula.anyOf(recordIds), offset);
  }

  /** Takes a page; returns itself. */
  public RecordRead take(AirtableAnswer answer) {
    RecordPage page = requests.page(answer);
    Instant sent = answer.asked() == null ? Instant.MIN : answer.asked();
    asked = sent.isBefore(asked) ? sent : asked;
    page.records().stream().filter(r -> recordIds.contains(r.id())).forEach(records::add);
    offset = offsets.next(page.offset());
    more = offset != null;
    return this;
  }

  /** Airtable showed them no earlier than that: when the first of its requests left. */
  public Instant asked() {
    return asked;
  }

  /** The records found so far; one that is not there does not exist in this table. */
  public List<AirtableRecord> records() {
    return records;
  }
}
