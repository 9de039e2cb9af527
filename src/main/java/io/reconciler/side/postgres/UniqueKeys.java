package io.reconciler.side.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.PostgresTable;
import io.reconciler.side.postgres.statement.Columns;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The unique indexes of mapped tables, as PostgreSQL itself compares by them. Rows come as JSON
 * objects of columns, with the record's id in its own column.
 */
public final class UniqueKeys {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KEYS = SqlFile.read("unique-keys");

  private final JdbcClient jdbc;

  /** Of tables of this database. */
  public UniqueKeys(DataSource database) {
    this.jdbc = JdbcClient.create(database);
  }

  /**
   * That a row can't have the values of a record, because another row has them.
   *
   * @param holder the record of the other row; empty when it has none
   */
  public record Held(String record, String holder, UniqueKey key) {

    /** Whose rows have what each record wants. */
    public static Map<String, Set<String>> holders(List<Held> held) {
      return held.stream()
          .collect(
              Collectors.groupingBy(
                  Held::record,
                  Collectors.mapping(Held::holder, Collectors.toCollection(TreeSet::new))));
    }
  }

  /**
   * The unique indexes of a table over columns that are written: those of its own names are left
   * out, and those over columns that nobody here knows the values of or with an operator that would
   * pass for a parameter.
   */
  public List<UniqueKey> of(Mapping mapping) {
    Set<String> written = written(mapping);
    Set<String> known = new LinkedHashSet<>(written);
    known.add(mapping.postgres().recordId());
    known.add(String.valueOf(mapping.postgres().client()));
    return jdbc.sql(KEYS).param("table", table(mapping)).query(String.class).list().stream()
        .map(UniqueKeys::read)
        .filter(key -> known.containsAll(key.columns()))
        .filter(key -> key.columns().stream().anyMatch(written::contains))
        .filter(key -> !key.columns().contains(mapping.postgres().recordId()))
        .filter(key -> !(key.keys() + predicate(key)).contains("?"))
        .toList();
  }

  private static Set<String> written(Mapping mapping) {
    return mapping.fields().stream()
        .filter(field -> !field.isLinked())
        .map(FieldMapping::column)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static UniqueKey read(String text) {
    JsonNode json = OneColumn.parse(text);
    return new UniqueKey(
        json.path("name").asText(),
        json.path("schema").asText(),
        json.path("table").asText(),
        texts(json.path("keys")),
        json.path("predicate").isTextual() ? json.path("predicate").asText() : null,
        json.path("nullsEqual").asBoolean(),
        Set.copyOf(texts(json.path("columns"))),
        Set.copyOf(texts(json.path("nullable"))));
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  /** Which rows of the table hold what these rows want; those of some records are overlooked. */
  public List<Held> held(
      Mapping mapping, List<UniqueKey> keys, List<? extends JsonNode> rows, Set<String> but) {
    List<Held> held = new ArrayList<>();
    for (UniqueKey key : rows.isEmpty() ? List.<UniqueKey>of() : keys) {
      String others =
          "select coalesce(btrim(%s), '') as \"@record\", %s from %s where coalesce(%s, '') <> all"
                  .formatted(record(mapping), keys(key), Columns.table(mapping), record(mapping))
              + " (array(select jsonb_array_elements_text(cast(:but as jsonb))))"
              + predicate(key);
      held.addAll(
          pairs(mapping, key, rows, others, "but", JSON.valueToTree(List.copyOf(but)).toString()));
    }
    return held;
  }

  /** Which of the other rows, that are not in the table, hold what these rows want. */
  public List<Held> heldBy(
      Mapping mapping,
      List<UniqueKey> keys,
      List<? extends JsonNode> rows,
      List<? extends JsonNode> others) {
    List<Held> held = new ArrayList<>();
    for (UniqueKey key : rows.isEmpty() || others.isEmpty() ? List.<UniqueKey>of() : keys) {
      held.addAll(
          pairs(mapping, key, rows, these(mapping, key, "others"), "others", array(others)));
    }
    return held;
  }

  private List<Held> pairs(
      Mapping mapping,
      UniqueKey key,
      List<? extends JsonNode> rows,
      String others,
      String parameter,
      String value) {
    String same =
        IntStream.range(0, key.keys().size())
            .mapToObj(i -> "o.\"@%d\" %s n.\"@%d\"".formatted(i, equal(key), i))
            .collect(Collectors.joining(" and "));
    return jdbc.sql(
            "select n.\"@record\", o.\"@record\" from (%s) n join (%s) o on %s"
                    .formatted(these(mapping, key, "rows"), others, same)
                + " and o.\"@record\" <> n.\"@record\" limit 1000")
        .param("rows", array(rows))
        .param(parameter, value)
        .query((row, n) -> new Held(row.getString(1), row.getString(2), key))
        .list();
  }

  private static String equal(UniqueKey key) {
    return key.nullsEqual() ? "is not distinct from" : "=";
  }

  private static String these(Mapping mapping, UniqueKey key, String parameter) {
    return "select %s as \"@record\", %s from %s where true%s"
        .formatted(record(mapping), keys(key), recordset(mapping, parameter), predicate(key));
  }

  private static String keys(UniqueKey key) {
    return IntStream.range(0, key.keys().size())
        .mapToObj(i -> "(%s) as \"@%d\"".formatted(key.keys().get(i), i))
        .collect(Collectors.joining(", "));
  }

  private static String predicate(UniqueKey key) {
    return key.predicate() == null ? "" : " and (" + key.predicate() + ")";
  }

  /**
   * Writes these columns of the rows that are there, in the caller's transaction.
   *
   * @return how many there were
   */
  public int put(Mapping mapping, Set<String> columns, List<? extends JsonNode> rows) {
    PostgresTable own = mapping.postgres();
    String ofClient =
        own.client() == null
            ? ""
            : " and t.%1$s = r.%1$s".formatted(Columns.name(String.valueOf(own.client())));
    return columns.isEmpty() || rows.isEmpty()
        ? 0
        : jdbc.sql(
                "update %s t set %s from %s where t.%4$s = r.%4$s%5$s"
                    .formatted(
                        Columns.table(mapping),
                        columns.stream()
                            .map(c -> "%1$s = r.%1$s".formatted(Columns.name(c)))
                            .collect(Collectors.joining(", ")),
                        recordset(mapping, "rows") + " r",
                        record(mapping),
                        ofClient))
            .param("rows", array(rows))
            .update();
  }

  private static String recordset(Mapping mapping, String parameter) {
    return "jsonb_populate_recordset(cast(null as %s), cast(:%s as jsonb))"
        .formatted(Columns.table(mapping), parameter);
  }

  private static String record(Mapping mapping) {
    return Columns.name(mapping.postgres().recordId());
  }

  private static String table(Mapping mapping) {
    return mapping.postgres().table();
  }

  private static String array(List<? extends JsonNode> rows) {
    ArrayNode array = JSON.createArrayNode();
    rows.forEach(array::add);
    return array.toString();
  }
}
