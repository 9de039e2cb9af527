package io.reconciler.engine.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reconciler.side.airtable.TableSchema;
import io.reconciler.side.airtable.TableSchema.Field;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Airtable's metadata, as tests need it: what the mapping expects, but for one change. */
final class MetadataSamples {

  static final Mapping MAPPING = World.defaultMapping();

  private MetadataSamples() {}

  /** Reads JSON in which apostrophes stand for quotes. */
  static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  static Field field(String name, String type, String options) {
    return new Field("fld" + name.hashCode(), name, type, json(options));
  }

  /** The table that the mapping describes, with the time of the last edit of any field. */
  static List<Field> expected() {
    List<Field> fields = new ArrayList<>();
    for (FieldMapping mapped : MAPPING.airtableFields()) {
      fields.add(field(mapped.airtableField(), mapped.airtableType(), "{}"));
    }
    fields.add(
        field(
            "Last Modified Time",
            "lastModifiedTime",
            "{'isValid':true,'result':{'type':'dateTime'}}"));
    return fields;
  }

  static TableSchema table(UnaryOperator<List<Field>> change) {
    return new TableSchema("tblLeads", "Leads", "", change.apply(expected()));
  }

  /** The table with another field, or none (null), in place of the one of this name. */
  static TableSchema with(String name, Field... instead) {
    return table(
        fields -> {
          fields.removeIf(field -> field.name().equals(name));
          fields.addAll(List.of(instead));
          return fields;
        });
  }

  /** The findings that are not in order. */
  static List<CheckLine> findings(TableSchema table) {
    return new TableRules(MAPPING)
        .fields(table).stream().filter(line -> line.status() != Status.OK).toList();
  }
}
