package io.reconciler.side.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.decide.GroupValues;
import io.reconciler.decide.Unconvertible;
import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.StoredTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the two sides of a record last agreed on.
 *
 * @param agreed the agreed value of each field group that has one
 * @param intent what is being sent to Airtable and not yet known to have arrived, by field group
 * @param modified Airtable's modification time when they last agreed; where a record is won as a
 *     whole, that of a later write of ours
 * @param pending whether the portal holds a change that Airtable has not got yet
 * @param written what the portal itself wrote last, of the field groups where that is not the
 *     agreed value
 * @param seen what the portal held when the engine last left it, of those where that is not it
 * @param altered what PostgreSQL made of values that were written, by column
 * @param former what is stored of columns that the mapping does not give the portal any more
 */
public record AgreedValues(
    Map<String, GroupValues> agreed,
    Map<String, GroupValues> intent,
    @Nullable Instant modified,
    boolean pending,
    Map<String, GroupValues> written,
    Map<String, GroupValues> seen,
    Map<String, AlteredValue> altered,
    FormerValues former) {

  /** With every value stored as it was written, and nothing of any other column. */
  public AgreedValues(
      Map<String, GroupValues> agreed,
      Map<String, GroupValues> intent,
      @Nullable Instant modified,
      boolean pending,
      Map<String, GroupValues> written,
      Map<String, GroupValues> seen) {
    this(agreed, intent, modified, pending, written, seen, Map.of(), FormerValues.NONE);
  }

  /** Nothing is known of the record yet. */
  public static final AgreedValues NONE =
      new AgreedValues(Map.of(), Map.of(), null, false, Map.of(), Map.of());

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads the columns of {@code agreed_value}; nulls, as of an outer join, mean {@link #NONE}. */
  public static AgreedValues of(JsonNode row, Mapping mapping) {
    if (!row.hasNonNull("agreed")) {
      return NONE;
    }
    return new AgreedValues(
        groups(row.path("agreed"), mapping),
        groups(row.path("intent"), mapping),
        StoredTime.read(row.path("airtable_modified_at")),
        row.path("pending").asBoolean(),
        groups(row.path("written"), mapping),
        groups(row.path("seen"), mapping),
        AlteredValue.read(row.path("altered"), mapping),
        FormerValues.of(row, mapping));
  }

  /** The rows of {@code agreed_value}, by record id. */
  public static Map<String, AgreedValues> byRecord(List<JsonNode> rows, Mapping mapping) {
    Map<String, AgreedValues> byRecord = new HashMap<>();
    rows.forEach(row -> byRecord.put(row.path("airtable_record_id").asText(), of(row, mapping)));
    return byRecord;
  }

  /** What was agreed on for the column of a field group; null when nothing was. */
  public @Nullable Object agreedOn(FieldMapping field) {
    GroupValues group = agreed.get(field.group());
    return group == null ? null : group.get(field.column());
  }

  /** The same, about to send this. */
  public AgreedValues withIntent(Map<String, GroupValues> sending) {
    return new AgreedValues(agreed, sending, modified, pending, written, seen, altered, former);
  }

  /** The same, as of another modification in Airtable. */
  public AgreedValues withModified(@Nullable Instant other) {
    return new AgreedValues(agreed, intent, other, pending, written, seen, altered, former);
  }

  /** The same, with what PostgreSQL made of what was written. */
  public AgreedValues withAltered(Map<String, AlteredValue> values) {
    return new AgreedValues(agreed, intent, modified, pending, written, seen, values, former);
  }

  /** The same, with this stored of columns that the mapping does not give the portal any more. */
  public AgreedValues withFormer(FormerValues other) {
    return new AgreedValues(agreed, intent, modified, pending, written, seen, altered, other);
  }

  /** The same, once what was sent of these field groups has arrived. */
  public AgreedValues withArrived(Set<String> groups) {
    Map<String, GroupValues> arrived = new LinkedHashMap<>(agreed);
    Map<String, GroupValues> left = new LinkedHashMap<>(intent);
    for (String group : groups) {
      GroupValues sent = left.remove(group);
      if (sent != null) {
        arrived.put(group, sent);
      }
    }
    return new AgreedValues(arrived, left, modified, pending, written, seen, altered, former);
  }

  /** The same, as if nothing had ever been agreed on of these field groups. */
  public AgreedValues without(Set<String> groups) {
    return groups.isEmpty()
        ? this
        : new AgreedValues(
            others(agreed, groups),
            others(intent, groups),
            modified,
            pending,
            others(written, groups),
            others(seen, groups),
            altered,
            former);
  }

  /**
   * The same, where it is to be seen record by record whether Airtable still shows what was agreed
   * on of these field groups: until then it counts as what was sent and may have arrived.
   */
  public AgreedValues unsure(Set<String> groups) {
    if (groups.isEmpty()) {
      return this;
    }
    Map<String, GroupValues> shown = new LinkedHashMap<>(intent);
    for (String group : groups) {
      GroupValues values = agreed.get(group);
      if (values != null) {
        shown.putIfAbsent(group, values);
      }
    }
    return new AgreedValues(
        others(agreed, groups), shown, modified, pending, written, seen, altered, former);
  }

  /** The columns of {@code agreed_value} that hold JSON. */
  public ObjectNode json(Mapping mapping) {
    ObjectNode row = JSON.createObjectNode();
    row.set("agreed", json(agreed, mapping));
    row.set("intent", json(intent, mapping));
    row.set("written", json(written, mapping));
    row.set("seen", json(seen, mapping));
    row.set("altered", AlteredValue.json(altered, mapping));
    former.addTo(row);
    return row;
  }

  private static Map<String, GroupValues> others(
      Map<String, GroupValues> all, Set<String> without) {
    Map<String, GroupValues> others = new LinkedHashMap<>(all);
    others.keySet().removeAll(without);
    return others;
  }

  /** Field groups by name, as JSON objects by column. */
  public static ObjectNode json(Map<String, GroupValues> groups, Mapping mapping) {
    ObjectNode json = JSON.createObjectNode();
    for (FieldGroup group : mapping.groups()) {
      GroupValues values = groups.get(group.name());
      if (values != null) {
        json.set(group.name(), json(values, group));
      }
    }
    return json;
  }

  /**
   * One field group as a JSON object by column; a cell that could not be converted is an object.
   */
  public static ObjectNode json(GroupValues values, FieldGroup group) {
    ObjectNode json = JSON.createObjectNode();
    for (FieldMapping field : group.fields()) {
      Object value = values.get(field.column());
      if (value instanceof Unconvertible bad) {
        json.putObject(field.column()).put("raw", bad.raw()).put("reason", bad.reason());
      } else {
        json.set(field.column(), field.toJson(value));
      }
    }
    return json;
  }

  /** Reads what {@link #json(GroupValues, FieldGroup)} wrote; null when a column is missing. */
  public static @Nullable GroupValues group(JsonNode json, FieldGroup group) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (FieldMapping field : group.fields()) {
      JsonNode value = json.get(field.column());
      if (value == null) {
        // The group got a column since: nothing is agreed on it as a whole.
        return null;
      }
      values.put(
          field.column(),
          value.isObject()
              ? new Unconvertible(value.path("raw").asText(), value.path("reason").asText())
              : field.normalise(field.fromAgreed(value)));
    }
    return new GroupValues(values);
  }

  private static Map<String, GroupValues> groups(JsonNode json, Mapping mapping) {
    Map<String, GroupValues> groups = new LinkedHashMap<>();
    for (FieldGroup group : mapping.groups()) {
      JsonNode values = json.get(group.name());
      GroupValues read = values == null ? null : group(values, group);
      if (read != null) {
        groups.put(group.name(), read);
      }
    }
    return groups;
  }
}
