package io.reconciler.side.airtable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the requests for one table; a listing too long for a URL goes as POST. */
public final class AirtableRequests {

  /** Records in one page of a listing, Airtable's most. */
  public static final int PAGE_SIZE = 100;

  /** Records in one PATCH, Airtable's most. */
  public static final int BATCH_SIZE = 10;

  // Airtable takes URLs under 16,000 characters; the host and path need some of them.
  private static final int LONGEST_QUERY = 15_000;
  private static final String FILTER = "filterByFormula";
  private static final String BY_ID = "returnFieldsByFieldId";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FieldKeys keys;
  private final @Nullable String filter;

  /** Requests under these keys; the fields of all methods are references. */
  public AirtableRequests(FieldKeys keys) {
    this(keys, null);
  }

  /** The same, for which only the records count that this formula is true for; null for all. */
  public AirtableRequests(FieldKeys keys, @Nullable String filter) {
    this.keys = keys;
    this.filter = filter;
  }

  /** The formula for records modified since then, by the field with their modification times. */
  public String modifiedSince(String lastModifiedField, Instant from) {
    return Formula.modifiedSince(
        lastModifiedField.isEmpty() ? "" : keys.of(lastModifiedField), from);
  }

  /** The records of an answer, their fields by reference. */
  public RecordPage page(AirtableAnswer answer) {
    return RecordPage.of(answer.body(), keys);
  }

  /** One page of a listing; a null formula lists every record, a null offset starts it. */
  public AirtableRequest list(
      String baseId, List<String> fields, @Nullable String formula, @Nullable String offset) {
    Map<String, String> more = new LinkedHashMap<>();
    String wanted = Formula.both(filter, formula);
    if (wanted != null) {
      more.put(FILTER, wanted);
    }
    if (offset != null) {
      more.put("offset", offset);
    }
    return listing(baseId, new Size("pageSize", PAGE_SIZE), fields, more);
  }

  /** Some records of the table, whichever, to see whether they and these fields can be read. */
  public AirtableRequest some(String baseId, List<String> fields, int count) {
    Map<String, String> more = filter == null ? Map.of() : Map.of(FILTER, filter);
    return listing(baseId, new Size("maxRecords", count), fields, more);
  }

  /** Changes the given fields of up to {@link #BATCH_SIZE} records; a JSON null clears a cell. */
  public AirtableRequest update(String baseId, Map<String, Map<String, JsonNode>> fieldsByRecord) {
    return update(baseId, fieldsByRecord, false);
  }

  /** The same; with {@code newOptions} Airtable makes the options that a select lacks. */
  public AirtableRequest update(
      String baseId, Map<String, Map<String, JsonNode>> fieldsByRecord, boolean newOptions) {
    ObjectNode body = JSON.createObjectNode();
    ArrayNode records = body.putArray("records");
    fieldsByRecord.forEach(
        (id, fields) -> {
          ObjectNode cells = records.addObject().put("id", id).putObject("fields");
          fields.forEach((field, cell) -> cells.set(keys.of(field), cell));
        });
    if (newOptions) {
      body.put("typecast", true);
    }
    if (keys.byId()) {
      body.put(BY_ID, true);
    }
    return AirtableRequest.send(baseId, "PATCH", path(baseId), body.toString());
  }

  /** The tables and fields of a base. */
  public static AirtableRequest schema(String baseId) {
    return AirtableRequest.get(
        baseId, "/meta/bases/" + Parameter.encode(baseId) + "/tables", List.of());
  }

  /** The bases of the token, a page at a time; counted as a request to {@code baseId}. */
  public static AirtableRequest bases(String baseId, @Nullable String offset) {
    return AirtableRequest.get(
        baseId,
        "/meta/bases",
        offset == null ? List.of() : List.of(new Parameter("offset", offset)));
  }

  /** Who the token belongs to; needs no scope. */
  public static AirtableRequest whoAmI(String baseId) {
    return AirtableRequest.get(baseId, "/meta/whoami", List.of());
  }

  private String path(String baseId) {
    return "/" + Parameter.encode(baseId) + "/" + Parameter.encode(keys.table());
  }

  private AirtableRequest listing(
      String baseId, Size size, List<String> references, Map<String, String> more) {
    List<String> fields = references.stream().map(keys::of).distinct().toList();
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(new Parameter(size.name(), String.valueOf(size.records())));
    fields.forEach(field -> parameters.add(new Parameter("fields[]", field)));
    more.forEach((name, value) -> parameters.add(new Parameter(name, value)));
    if (keys.byId()) {
      parameters.add(new Parameter(BY_ID, "true"));
    }
    AirtableRequest get = AirtableRequest.get(baseId, path(baseId), parameters);
    if (get.query().length() <= LONGEST_QUERY) {
      return get;
    }
    ObjectNode body = JSON.createObjectNode();
    body.put(size.name(), size.records());
    fields.forEach(body.putArray("fields")::add);
    more.forEach(body::put);
    if (keys.byId()) {
      body.put(BY_ID, true);
    }
    return AirtableRequest.send(baseId, "POST", path(baseId) + "/listRecords", body.toString());
  }

  /** The parameter that bounds a listing. */
  private record Size(String name, int records) {}
}
