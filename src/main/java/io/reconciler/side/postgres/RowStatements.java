package io.reconciler.side.postgres;

import io.reconciler.side.mapping.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The statements by which people look for rows of a mapped table: each gives whole rows as JSON.
 */
public final class RowStatements {

  private final Mapping mapping;
  private final String rows;

  /** On the table of this mapping. */
  public RowStatements(Mapping mapping) {
    this.mapping = mapping;
    this.rows = "select cast(to_jsonb(t) as text) from " + Columns.table(mapping) + " t where ";
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

  /** Rows whose record id or key is {@code :text}. */
  public String ofText(int most) {
    return rows
        + "%s = :text or cast(%s as text) = :text limit %d"
            .formatted(record(), column(mapping.postgres().key()), most);
  }

  /**
   * Rows whose name, in these columns, or detail is like {@code :like}; empty when there is
   * neither.
   */
  public Optional<String> like(List<String> name, Optional<String> detail, int most) {
    List<String> conditions = new ArrayList<>();
    if (!name.isEmpty()) {
      conditions.add(
          name.stream()
              .map(RowStatements::column)
              .collect(Collectors.joining(", ", "concat_ws(' ', ", ") ilike :like")));
    }
    detail.ifPresent(column -> conditions.add("cast(" + column(column) + " as text) ilike :like"));
    return conditions.isEmpty()
        ? Optional.empty()
        : Optional.of(rows + String.join(" or ", conditions) + " limit " + most);
  }

  private String record() {
    return column(mapping.postgres().recordId());
  }

  private static String column(String name) {
    return "t." + Columns.name(name);
  }
}
