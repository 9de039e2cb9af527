package io.reconciler.side.postgres;

import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.statement.Columns;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rows of all mapped tables, for statements that look into whichever an entry is about. */
public final class MappedRows {

  private static final String PLACE = "${rows}";

  private static final List<String> NAME = List.of("first_name", "last_name");

  private MappedRows() {}

  /**
   * The text of {@code sql/<name>.sql} with a relation in place of its placeholder: a line for each
   * row, with table_name, client_id, airtable_record_id, active, and the name of whom it is about.
   */
  public static String read(String name, MappingSet mappings) {
    String rows =
        mappings.inOrder().stream()
            .map(mapping -> rows(mapping, mappings))
            .collect(Collectors.joining(" union all ", "(", ")"));
    return SqlFile.read(name).replace(PLACE, rows);
  }

  /** The names of all mapped tables, as a statement names them, with a blank between them. */
  public static String tables(MappingSet mappings) {
    return mappings.inOrder().stream().map(Columns::table).collect(Collectors.joining(" "));
  }

  /** Of mapped columns only: others may be closed to the engine. */
  private static String name(Mapping mapping) {
    List<String> parts =
        NAME.stream()
            .filter(column -> mapping.fields().stream().anyMatch(f -> f.column().equals(column)))
            .map(column -> "t." + Columns.name(column))
            .toList();
    return parts.isEmpty()
        ? "cast(null as text)"
        : "nullif(btrim(concat_ws(' ', " + String.join(", ", parts) + ")), '')";
  }

  private static String rows(Mapping mapping, MappingSet mappings) {
    Columns columns = new Columns(mapping, mappings);
    String client = columns.rowClient("t");
    return Stream.of(
            "cast(" + columns.label() + " as text) as table_name",
            client + " as client_id",
            columns.record("t") + " as airtable_record_id",
            columns.active("t", client) + " as active",
            name(mapping) + " as name")
        .collect(Collectors.joining(", ", "select ", " from " + columns.table() + " t"));
  }
}
