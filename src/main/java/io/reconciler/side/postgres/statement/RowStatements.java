package io.reconciler.side.postgres.statement;

import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The statements by which people look for rows of a mapped table: each gives rows as JSON, with the
 * mapped columns and the engine's own. What else the portal keeps there is none of its business.
 */
public final class RowStatements {

  private final Mapping mapping;
  private final String rows;

  /** On the table of this mapping; links are keys, as the table has them. */
  public RowStatements(Mapping mapping) {
    this(mapping, new Columns(mapping, MappingSet.of(mapping)).json("t", false));
  }

  /** The same, with links as the record ids of what they point at. */
  public RowStatements(Mapping mapping, MappingSet mappings) {
    this(mapping, new Columns(mapping, mappings).json("t", true));
  }

  private RowStatements(Mapping mapping, String json) {
    this.mapping = mapping;
    this.rows = "select cast(%s as text) from %s t where ".formatted(json, Columns.table(mapping));
  }

  /**
   * The rows of the records {@code :ids}, a JSON array; where {@code :client}, an id or a base, is
   * not null, only those of this client.
   */
  public String ofRecords() {
    return rows
        + record()
        + " = any (array(select jsonb_array_elements_text(cast(:ids as jsonb))))"
        + " and (cast(:client as text) is null"
        + Optional.ofNullable(mapping.postgres().client())
            .map(
                client ->
                    " or "
                        + column(client)
                        + " in (select k.id from clients k where k.airtable_base_id = :client"
                        + " or cast(k.id as text) = :client)")
            .orElse(" or true")
        + ")";
  }

  /**
   * To be joined to a list of clients: those of the rows of {@code :record}, where rows have one.
   */
  public Optional<String> owners() {
    return Optional.ofNullable(mapping.postgres().client())
        .map(
            client ->
                " union select "
                    + column(client)
                    + " from "
                    + Columns.table(mapping)
                    + " t where "
                    + record()
                    + " = :record");
  }

  /** Rows whose record id is {@code :text}. */
  public String ofRecord(int most) {
    return rows + record() + " = :text limit " + most;
  }

  /**
   * Rows whose key is {@code :key}.
   *
   * @param typed whether what is bound is of the key's own type, so that its index serves
   */
  public String ofKey(boolean typed, int most) {
    String key = column(mapping.postgres().key());
    return rows + (typed ? key : "cast(" + key + " as text)") + " = :key limit " + most;
  }

  /**
   * Rows whose name, in these columns, or detail holds {@code :text}, in small letters, whatever
   * letters they are written in; empty when there is neither.
   *
   * @param plain whether the text is plain ASCII, which is compared a good deal faster
   */
  public Optional<String> holding(
      List<String> name, Optional<String> detail, boolean plain, int most) {
    List<String> conditions = new ArrayList<>();
    if (!name.isEmpty()) {
      conditions.add(
          holds(
              name.stream()
                  .map(column -> "nullif(btrim(" + text(column) + "), '')")
                  .collect(Collectors.joining(", ", "concat_ws(' ', ", ")")),
              plain));
    }
    detail.ifPresent(column -> conditions.add(holds(text(column), plain)));
    return conditions.isEmpty()
        ? Optional.empty()
        : Optional.of(rows + String.join(" or ", conditions) + " limit " + most);
  }

  private static String holds(String text, boolean plain) {
    String collation = plain ? "\"C\"" : "\"default\"";
    return "strpos(lower((%s) collate %s), :text) > 0".formatted(text, collation);
  }

  private static String text(String column) {
    return "cast(" + column(column) + " as text)";
  }

  private String record() {
    return column(mapping.postgres().recordId());
  }

  private static String column(String name) {
    return "t." + Columns.name(name);
  }
}
