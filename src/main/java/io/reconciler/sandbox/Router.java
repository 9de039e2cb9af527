package io.reconciler.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.sandbox.table.ErrorReply;
import io.reconciler.sandbox.table.Ids;
import io.reconciler.sandbox.table.Row;
import io.reconciler.sandbox.table.RowView;
import io.reconciler.sandbox.table.SandboxBase;
import io.reconciler.sandbox.table.SandboxTable;
import java.time.Instant;
import java.util.Map;

/** Leads a request through the checks in Airtable's order to the work it asks for. */
final class Router {

  /** A URL must be shorter; UNCONFIRMED what Airtable answers: a 422, easily taken for bad data. */
  private static final int URL_LIMIT = 16_000;

  private final Map<String, SandboxBase> bases;
  private final Access access;
  private final Lister lister;
  private final RecordWrites writes;
  private final MetaApi meta = new MetaApi();
  private volatile boolean missingRecordForbidden;

  Router(Map<String, SandboxBase> bases, Access access, Lister lister, RecordWrites writes) {
    this.bases = bases;
    this.access = access;
    this.lister = lister;
    this.writes = writes;
  }

  void setMissingRecordForbidden(boolean forbidden) {
    missingRecordForbidden = forbidden;
  }

  /** Returns the body of a 200; throws ApiError for anything else. */
  JsonNode route(ApiCall call, Instant arrival) {
    String host = call.http().header("host");
    int length = "https://".length() + (host == null ? 0 : host.length());
    if (length + call.http().target().length() >= URL_LIMIT) {
      throw ErrorReply.invalidRequest();
    }
    if (!call.segment(0).equals("v0") || call.path().size() < 3) {
      throw ErrorReply.noSuchPath();
    }
    return call.segment(1).equals("meta") ? metadata(call, arrival) : data(call, arrival);
  }

  private ObjectNode metadata(ApiCall call, Instant arrival) {
    String token = access.authenticate(call);
    boolean tables = call.path().size() == 5 && call.segment(4).equals("tables");
    if (!call.method().equals("GET") || (call.path().size() != 3 && !tables)) {
      throw ErrorReply.noSuchPath();
    }
    if (call.segment(2).equals("whoami") && !tables) {
      return meta.whoami();
    }
    if (!call.segment(2).equals("bases")) {
      throw ErrorReply.noSuchPath();
    }
    access.require(token, Access.SCHEMA);
    return tables ? tables(call, token, arrival) : meta.bases(bases.values(), token);
  }

  private ObjectNode tables(ApiCall call, String token, Instant arrival) {
    SandboxBase base = base(call.segment(3), token);
    if (!base.admits(arrival)) {
      throw ErrorReply.rateLimited();
    }
    return meta.tables(base);
  }

  private JsonNode data(ApiCall call, Instant arrival) {
    requireForm(call);
    String token = access.authenticate(call);
    SandboxBase base = base(call.segment(1), token);
    if (base.isQuotaExhausted()) {
      throw ErrorReply.quotaExhausted();
    }
    if (!base.admits(arrival)) {
      throw ErrorReply.rateLimited();
    }
    SandboxTable table = base.find(call.segment(2));
    if (table == null) {
      throw ErrorReply.forbiddenOrMissing();
    }
    return reads(call) ? read(call, token, base, table) : write(call, token, base, table);
  }

  /** Airtable looks at the form of ids before it looks at the token. */
  private static void requireForm(ApiCall call) {
    boolean one = call.path().size() == 4;
    boolean listing = call.segment(3).equals("listRecords") && call.method().equals("POST");
    boolean record = Ids.wellFormed("rec", call.segment(3)) && !call.method().equals("POST");
    if (!Ids.wellFormed("app", call.segment(1))
        || call.path().size() > 4
        || (one && !listing && !record)) {
      throw ErrorReply.noSuchPath();
    }
  }

  private SandboxBase base(String id, String token) {
    SandboxBase base = bases.get(id);
    if (base == null || !base.allows(token)) {
      throw ErrorReply.forbiddenOrMissing();
    }
    return base;
  }

  private static boolean reads(ApiCall call) {
    return call.method().equals("GET") || call.segment(3).equals("listRecords");
  }

  private JsonNode read(ApiCall call, String token, SandboxBase base, SandboxTable table) {
    access.require(token, Access.READ);
    if (call.method().equals("POST")) {
      return lister.list(table, ListingRequest.of(call.json()));
    }
    ListingRequest request = ListingRequest.of(call.query());
    return call.path().size() == 3
        ? lister.list(table, request)
        : one(base, table, call.segment(3), request.form());
  }

  private ObjectNode one(SandboxBase base, SandboxTable asked, String recordId, RowView.Form form) {
    if (asked.exists(recordId)) {
      return asked.locked(() -> record(asked, recordId, form));
    }
    // Seen: a record of another table of the base is returned all the same.
    for (SandboxTable table : base.tables()) {
      if (table.exists(recordId)) {
        return table.locked(() -> record(table, recordId, form));
      }
    }
    throw missingRecordForbidden ? ErrorReply.forbiddenOrMissing() : ErrorReply.recordNotFound();
  }

  // It may have gone since it was seen.
  private static ObjectNode record(SandboxTable table, String recordId, RowView.Form form) {
    Row row = table.rows().find(recordId);
    if (row == null) {
      throw ErrorReply.recordNotFound();
    }
    return table.view().record(row, table.schema().fields(), form);
  }

  private JsonNode write(ApiCall call, String token, SandboxBase base, SandboxTable table) {
    access.require(token, Access.WRITE);
    if (base.isReadOnly()) {
      throw ErrorReply.notPermitted();
    }
    RecordWrites.Target target = new RecordWrites.Target(base, table, call.method());
    return table.locked(() -> writes.write(target, call.segment(3), call));
  }
}
