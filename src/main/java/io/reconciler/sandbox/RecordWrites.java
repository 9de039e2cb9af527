package io.reconciler.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.sandbox.table.ErrorReply;
import io.reconciler.sandbox.table.Json;
import io.reconciler.sandbox.table.Row;
import io.reconciler.sandbox.table.RowView;
import io.reconciler.sandbox.table.SandboxBase;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.sandbox.table.Schema;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Changes records: every request is checked whole and then applied whole. */
final class RecordWrites {

  private static final int MOST_RECORDS = 10;

  private final Clock clock;
  private final Journal journal;

  RecordWrites(Clock clock, Journal journal) {
    this.clock = clock;
    this.journal = journal;
  }

  /** Where and by which method a request writes. */
  record Target(SandboxBase base, SandboxTable table, String method) {

    boolean replaces() {
      return method.equals("PUT");
    }
  }

  /** Writes what a body asks for; the record is the empty text when the path names none. */
  ObjectNode write(Target target, String recordId, ApiCall call) {
    JsonNode body = call.json();
    boolean one = !recordId.isEmpty();
    return switch (target.method()) {
      case "PATCH", "PUT" -> one ? updateOne(target, recordId, body) : updateMany(target, body);
      case "POST" -> body.has("records") ? createMany(target, body) : createOne(target, body);
      case "DELETE" -> one ? deleteOne(target, recordId) : deleteMany(target, call.query());
      default -> throw ErrorReply.noSuchPath();
    };
  }

  /** PATCH or PUT of one record. */
  private ObjectNode updateOne(Target target, String recordId, JsonNode body) {
    Row row = target.table().rows().find(recordId);
    if (row == null) {
      throw ErrorReply.recordNotFound();
    }
    return apply(target, List.of(change(target, row, body, body)), body).get(0);
  }

  /** PATCH or PUT of up to ten. */
  private ObjectNode updateMany(Target target, JsonNode body) {
    if (body.has("performUpsert")) {
      // Not offered: better refused than taken for a plain update.
      throw ErrorReply.invalidRequest();
    }
    List<Change> changes = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (JsonNode entry : records(body)) {
      String id = entry.path("id").asText();
      if (id.isEmpty() || !seen.add(id)) {
        throw invalidRecords();
      }
      Row row = target.table().rows().find(id);
      if (row == null) {
        throw ErrorReply.rowMissing(id);
      }
      changes.add(change(target, row, entry, body));
    }
    return listed(apply(target, changes, body));
  }

  private ObjectNode createOne(Target target, JsonNode body) {
    return apply(target, List.of(creation(target, body, body)), body).get(0);
  }

  private ObjectNode createMany(Target target, JsonNode body) {
    List<Change> changes = new ArrayList<>();
    for (JsonNode entry : records(body)) {
      changes.add(creation(target, entry, body));
    }
    return listed(apply(target, changes, body));
  }

  private Change creation(Target target, JsonNode entry, JsonNode body) {
    return change(target, target.table().blank(), entry, body);
  }

  private static Change change(Target target, Row row, JsonNode entry, JsonNode body) {
    if (!entry.path("fields").isObject()) {
      throw ErrorReply.missingFields("fields");
    }
    Schema schema = target.table().schema();
    CellRules rules = new CellRules(target.base(), body.path("typecast").asBoolean());
    Change change = Change.checked(schema, row, entry.path("fields"), rules);
    return target.replaces() ? change.replacing(schema) : change;
  }

  private static Iterable<JsonNode> records(JsonNode body) {
    JsonNode records = body.path("records");
    if (records.isMissingNode()) {
      throw ErrorReply.missingFields("records");
    }
    if (!records.isArray() || records.isEmpty() || records.size() > MOST_RECORDS) {
      throw invalidRecords();
    }
    return records;
  }

  private static ErrorReply invalidRecords() {
    return ErrorReply.unprocessable(
        "INVALID_RECORDS",
        "You must provide an array of up to 10 record objects, each with an \"id\" ID field and a"
            + " \"fields\" object for cell values.");
  }

  private List<ObjectNode> apply(Target target, List<Change> changes, JsonNode body) {
    SandboxTable table = target.table();
    Instant now = clock.instant();
    List<ObjectNode> answers = new ArrayList<>();
    for (Change change : changes) {
      boolean created = table.rows().add(change.row());
      boolean changed = change.apply(table, now) || created;
      if (created) {
        change.row().creator(MetaApi.TOKEN_USER);
      } else if (changed) {
        change.row().editor(MetaApi.TOKEN_USER);
      }
      log(target, change.row().id(), change.sent(), changed, now);
      RowView.Form form = ListingRequest.form(body);
      answers.add(table.view().record(change.row(), table.schema().fields(), form));
    }
    return answers;
  }

  private static ObjectNode listed(List<ObjectNode> records) {
    ArrayNode array = Json.array();
    records.forEach(array::add);
    return Json.object().set("records", array);
  }

  private ObjectNode deleteOne(Target target, String recordId) {
    if (target.table().rows().find(recordId) == null) {
      throw ErrorReply.recordNotFound();
    }
    return delete(target, recordId);
  }

  /** DELETE of up to ten; UNCONFIRMED whether an absent one lets the others go: it does not. */
  private ObjectNode deleteMany(Target target, Map<String, List<String>> query) {
    List<String> ids = query.getOrDefault("records[]", query.getOrDefault("records", List.of()));
    boolean array = query.containsKey("records[]") || ids.size() > 1;
    if (!array || ids.size() > MOST_RECORDS) {
      throw ErrorReply.unprocessable(
          "INVALID_RECORDS", "\"records\" must be an array of up to 10 record IDs.");
    }
    for (String id : ids) {
      if (target.table().rows().find(id) == null) {
        throw ErrorReply.rowMissing(id);
      }
    }
    return listed(ids.stream().distinct().map(id -> delete(target, id)).toList());
  }

  private ObjectNode delete(Target target, String recordId) {
    target.table().delete(recordId);
    log(target, recordId, Map.of(), true, clock.instant());
    return Json.object().put("deleted", true).put("id", recordId);
  }

  private void log(
      Target target, String id, Map<String, JsonNode> sent, boolean changed, Instant now) {
    String base = target.base().id();
    String table = target.table().name();
    journal.wrote(new LoggedWrite(now, target.method(), base, table, id, sent, changed));
  }
}
