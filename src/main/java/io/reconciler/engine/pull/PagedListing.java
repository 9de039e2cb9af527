package io.reconciler.engine.pull;

import io.reconciler.engine.apply.plan.IncomingRecord;
import io.reconciler.engine.apply.plan.Page;
import io.reconciler.side.airtable.AirtableAnswer;
import io.reconciler.side.airtable.AirtableException;
import io.reconciler.side.airtable.AirtableRecord;
import io.reconciler.side.airtable.AirtableRequest;
import io.reconciler.side.airtable.FieldKeys;
import java.util.List;

/** A listing, page by page, that can start again. */
public interface PagedListing {

  /** Whether there is another page. */
  boolean isMore();

  /** The request for the next page. */
  AirtableRequest next();

  /** The records of a page that are to be applied. */
  List<AirtableRecord> take(AirtableAnswer answer);

  /**
   * Starts again, after Airtable forgot the listing.
   *
   * @throws AirtableException.IteratorExpired when that has happened too often
   */
  List<AirtableRecord> restart(AirtableException.IteratorExpired expired);

  /** Starts again, with other fields than before; reads again what was listed under other keys. */
  List<AirtableRecord> startOver(boolean otherKeys);

  IncomingRecord convert(AirtableRecord record);

  /** The converted records of a page. */
  Page page(List<IncomingRecord> records);

  /** The keys under which the last page was asked for. */
  FieldKeys keys();
}
