package io.reconciler.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.mapping.Converted;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.LeadRow;
import io.reconciler.side.postgres.OneColumn;
import io.reconciler.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What both sides hold, read past the engine. Fields have their own names. */
final class HeldValues {

  private final World world;
  private final Function<String, Map<String, Object>> leads;

  HeldValues(World world) {
    this(world, world::lead);
  }

  private HeldValues(World world, Function<String, Map<String, Object>> leads) {
    this.world = world;
    this.leads = leads;
  }

  /** The same with the leads as they are now, read once for many looks. */
  HeldValues now() {
    Map<Object, Map<String, Object>> read = new HashMap<>();
    world
        .jdbc()
        .sql("select * from leads where airtable_record_id is not null")
        .query()
        .listOfRows()
        .forEach(lead -> read.put(lead.get("airtable_record_id"), lead));
    return new HeldValues(world, record -> read.getOrDefault(record, Map.of()));
  }

  /** The text of a cell in Airtable, "" when it is empty or the record is not there. */
  String airtable(String record, Cell cell) {
    if (!world.leads().exists(record)) {
      return "";
    }
    JsonNode value = world.leads().cells(record).get(cell.field());
    return cell.text(value == null ? null : value.asText());
  }

  /** The text of a lead's column, "" when it is empty or the lead is not there. */
  String portal(String record, Cell cell) {
    return cell.text(leads.apply(record).get(cell.column()));
  }

  boolean isInactive(String record) {
    return Boolean.FALSE.equals(leads.apply(record).get("is_active"));
  }

  /** The columns in which a record and its lead differ, of all 39. */
  List<String> differences(String record) {
    LeadRow lead = leadRow(record);
    if (lead == null) {
      return List.of("(no lead)");
    }
    Mapping mapping = world.mapping();
    Map<String, JsonNode> cells = world.leads().cells(record);
    List<String> different = new ArrayList<>();
    for (FieldMapping field : mapping.airtableFields()) {
      Object own = field.normalise(lead.values().get(field.column()));
      Converted converted = field.convert(cells.get(field.airtableField()));
      if (!(converted instanceof Converted.Value value)
          || !Objects.equals(field.normalise(value.value()), own)) {
        different.add(field.column());
      }
    }
    if (!Boolean.TRUE.equals(lead.values().get(mapping.engineField().column()))) {
      different.add(mapping.engineField().column());
    }
    return different;
  }

  private @Nullable LeadRow leadRow(String record) {
    return world
        .jdbc()
        .sql("select cast(to_jsonb(l) as text) from leads l where airtable_record_id = ?")
        .param(record)
        .query(String.class)
        .optional()
        .map(row -> LeadRow.of(OneColumn.parse(row), world.mapping()))
        .orElse(null);
  }

  /** Everything that a run with nothing to do must leave as it is. */
  List<String> snapshot() {
    return world
        .jdbc()
        .sql(
            """
            select cast(to_jsonb(l) as text) from leads l
            union all
            select cast(to_jsonb(c) as text) from reconciler.conflict c
            union all
            select airtable_record_id || agreed || intent || pending
            from reconciler.agreed_value
            union all
            select stage || ' ' || airtable_record_id || ' ' || field || ' ' || payload
            from reconciler.dead_letter
            """)
        .query(String.class)
        .list();
  }
}
