package io.reconciler.side.postgres.statement;

import io.reconciler.side.mapping.Conversion.Kind;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.mapping.PostgresTable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of the statements on one mapped table. Rows travel as JSON objects: mapped columns
 * under their names, what the engine itself needs of a row under names that no column can have.
 */
public final class Columns {

  /** The client of the run, as a parameter. */
  static final String RUN_CLIENT = "cast(:#${exchangeProperty.run.client.id} as uuid)";

  /** The record ids of the body, as a list of rows. */
  static final String RECORD_IDS =
      "(select jsonb_array_elements_text(cast(:#${body.recordIds} as jsonb)))";

  public static final String CLIENT = "@client";
  public static final String RECORD = "@record";
  public static final String CREATED = "@created";
  public static final String UPDATED = "@updated";
  static final String KEY = "@key";
  public static final String GONE = "@gone";

  /** The columns that may hold something else than is written into them. */
  public static final String ALTERING = "@altering";

  /** The linked columns of a row that keep what they hold. */
  static final String KEPT = "@kept";

  private final Mapping mapping;
  private final LinkedColumns links;

  /** Those of this table, whose links point at these. */
  public Columns(Mapping mapping, MappingSet mappings) {
    this.mapping = mapping;
    this.links = new LinkedColumns(mappings);
  }

  /** The table, as a statement names it. */
  public static String table(Mapping mapping) {
    return quoted(mapping.postgres().table());
  }

  private static String quoted(String plain) {
    return Stream.of(plain.split("\\.")).map(Columns::name).collect(Collectors.joining("."));
  }

  /** A name that may be a word of SQL. */
  public static String name(String plain) {
    return '"' + plain + '"';
  }

  /** Rows that travel as JSON in UTF-8, from where an expression finds them. */
  static String rows(String expression) {
    return "jsonb_to_recordset(cast(convert_from(:#${" + expression + "}, 'UTF8') as jsonb))";
  }

  /** A text as SQL writes it. */
  public static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  PostgresTable postgres() {
    return mapping.postgres();
  }

  /** The table, as a statement names it. */
  public String table() {
    return table(mapping);
  }

  /** The name of the table's mapping, as a text of SQL. */
  public String label() {
    return literal(mapping.name());
  }

  /** The column of a row that names its record. */
  public String record(String alias) {
    return alias + "." + name(postgres().recordId());
  }

  /** That a row names a record, whether there is one in Airtable or not: a blank is no name. */
  public String linked(String alias) {
    return "btrim(" + record(alias) + ") <> ''";
  }

  /** That a row is of this client; always so where the whole table is one client's. */
  String ofClient(String alias, String client) {
    return postgres().client() == null
        ? client + " is not null"
        : alias + "." + name(postgres().client()) + " = " + client;
  }

  /** That a row's record exists in Airtable, as far as known. */
  public String active(String alias, String client) {
    return mapping
        .existence()
        .map(field -> alias + "." + name(field.column()))
        .orElse("not " + gone(alias, client));
  }

  private String gone(String alias, String client) {
    return "exists (select from reconciler.agreed_value gone where gone.client_id = "
        + client
        + " and gone.table_name = "
        + label()
        + " and gone.airtable_record_id = "
        + record(alias)
        + " and gone.gone)";
  }

  /** The client of a row, without a parameter. */
  public String rowClient(String alias) {
    return postgres().client() == null
        ? "(select b.id from clients b where b.airtable_base_id = "
            + literal(String.valueOf(mapping.base()))
            + ")"
        : alias + "." + name(postgres().client());
  }

  /** What the engine itself needs of a row, each under its own name. */
  String identity(String alias, String client) {
    return Stream.of(
                client(alias, client) + " as " + name(CLIENT),
                record(alias) + " as " + name(RECORD),
                time(alias, postgres().createdAt()) + " as " + name(CREATED),
                time(alias, postgres().updatedAt()) + " as " + name(UPDATED))
            .collect(Collectors.joining(", "))
        + (mapping.existence().isPresent() ? "" : ", " + gone(alias, client) + " as " + name(GONE));
  }

  private String client(String alias, String client) {
    return postgres().client() == null ? client : alias + "." + name(postgres().client());
  }

  private static String time(String alias, @Nullable String column) {
    return column == null ? "cast(null as timestamptz)" : alias + "." + name(column);
  }

  /** Mapped columns as they are read: links as the record ids of what they point at. */
  String read(String alias, String client, List<FieldMapping> fields) {
    return fields.stream()
        .map(field -> links.read(alias, client, field) + " as " + name(field.column()))
        .collect(Collectors.joining(", "));
  }

  /**
   * A row as JSON, its links as the record ids of what they point at, or as the keys that they are.
   */
  String json(String alias, boolean linked) {
    Stream<String> values =
        mapping.fields().stream()
            .map(
                field ->
                    linked && field.isLinked()
                        ? links.read(alias, "(" + rowClient(alias) + ")", field)
                            + " as "
                            + name(field.column())
                        : alias + "." + name(field.column()));
    return Stream.concat(
            postgres().ownColumns().stream().map(own -> alias + "." + name(own)), values)
        .collect(
            Collectors.joining(", ", "(select to_jsonb(\"@row\") from (select ", ") \"@row\")"));
  }

  /**
   * What the engine needs of a row and these fields, by their own names: others may be closed to
   * it.
   */
  String chosen(String alias, List<FieldMapping> fields) {
    Set<String> columns = new LinkedHashSet<>();
    Stream.of(
            postgres().recordId(),
            postgres().client(),
            postgres().createdAt(),
            postgres().updatedAt())
        .filter(Objects::nonNull)
        .forEach(columns::add);
    mapping.existence().ifPresent(field -> columns.add(field.column()));
    fields.forEach(field -> columns.add(field.column()));
    return columns.stream()
        .map(column -> alias + "." + name(column))
        .collect(Collectors.joining(", "));
  }

  String key(String alias) {
    return alias + "." + name(postgres().key());
  }

  /** A mapped column as a statement takes it from the JSON rows {@code r}. */
  String written(FieldMapping field, String client) {
    return links.written(field, client);
  }

  /** The columns of the table that a link points at. */
  Optional<Columns> target(FieldMapping field) {
    return links.target(field);
  }

  /** The set of an update: links that are to be kept keep what they hold. */
  String set(List<FieldMapping> fields, String client) {
    return fields.stream()
        .map(field -> name(field.column()) + " = " + links.kept(field, client))
        .collect(Collectors.joining(", "));
  }

  /** The columns of the JSON rows with their types. */
  String typed(String first, List<FieldMapping> fields) {
    return Stream.concat(
            Stream.of(first), fields.stream().map(f -> name(f.column()) + " " + rowType(f)))
        .collect(Collectors.joining(", "));
  }

  // Text, not varchar(n), and numeric without decimals: a row type would cut a long value, the
  // column refuses it. A bigint may hold what is no integer of ours, and keeps it.
  private static String rowType(FieldMapping field) {
    if (field.conversion().kind() == Kind.LINK) {
      return "text[]";
    }
    return switch (field.type().base()) {
      case VARCHAR, CITEXT, ENUM -> "text";
      case SMALLINT, INTEGER -> "bigint";
      case NUMERIC -> "numeric";
      case TEXT_ARRAY -> "text[]";
      default -> field.type().sql();
    };
  }

  static String names(List<FieldMapping> fields) {
    return fields.stream().map(field -> name(field.column())).collect(Collectors.joining(", "));
  }
}
