package io.reconciler.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.world.TablesWorld;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The cells of three linked tables, each with values that no other edit writes. */
enum TableCell {
  FIRST_NAME(Table.LEADS, "First Name", Content.TEXT, false),
  REMARK(Table.LEADS, "Remark", Content.TEXT, true),
  COMPANY_ID(Table.LEADS, "Company", Content.LINK, true, "COMPANIES"),
  NAME(Table.COMPANIES, "Name", Content.TEXT, false),
  REVENUE(Table.COMPANIES, "Revenue", Content.NUMBER, false),
  FOUNDED(Table.COMPANIES, "Founded", Content.DATE, false),
  CONTACT_ID(Table.COMPANIES, "Contact", Content.LINK, false, "LEADS"),
  TAGS(Table.COMPANIES, "Tags", Content.OPTIONS, true),
  SCORE(Table.COMPANIES, "Score", Content.NUMBER, true),
  AMOUNT(Table.ORDERS, "Amount", Content.NUMBER, false),
  BUYER(Table.ORDERS, "Buyer", Content.LINK, false, "LEADS"),
  STATE(Table.ORDERS, "State", Content.TEXT, true),
  FIRMS(Table.ORDERS, "Firms", Content.LINKS, true, "COMPANIES");

  /** The tables. */
  enum Table {
    LEADS("leads", "Leads"),
    COMPANIES("crm.companies", "Companies"),
    ORDERS("orders", "Orders");

    private final String sql;
    private final String airtable;

    Table(String sql, String airtable) {
      this.sql = sql;
      this.airtable = airtable;
    }

    String sql() {
      return sql;
    }

    String airtable() {
      return airtable;
    }
  }

  private enum Content {
    TEXT,
    NUMBER,
    DATE,
    OPTIONS,
    LINK,
    LINKS
  }

  private final Table table;
  private final String field;
  private final Content content;
  private final boolean portalOwned;
  private final @Nullable String target;

  TableCell(Table table, String field, Content content, boolean portalOwned) {
    this(table, field, content, portalOwned, null);
  }

  TableCell(
      Table table, String field, Content content, boolean portalOwned, @Nullable String target) {
    this.table = table;
    this.field = field;
    this.content = content;
    this.portalOwned = portalOwned;
    this.target = target;
  }

  static TableCell of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }

  String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  Table table() {
    return table;
  }

  String field() {
    return field;
  }

  /** The field group that it is decided with, when it is the portal's. */
  String group() {
    return this == COMPANY_ID ? "employer" : column();
  }

  boolean isPortalOwned() {
    return portalOwned;
  }

  boolean isLink() {
    return target != null;
  }

  /** The table that it links to. */
  Table target() {
    return Table.valueOf(String.valueOf(target));
  }

  /** The value of an edit as both sides compare it; a link's is its target. */
  String value(int number, @Nullable String linked) {
    return switch (content) {
      case TEXT -> "v" + number;
      case NUMBER -> number + ".25";
      case DATE -> LocalDate.of(2000, 1, 1).plusDays(number).toString();
      case OPTIONS -> "common,o" + number;
      case LINK, LINKS -> String.valueOf(linked);
    };
  }

  /** How ledgers show the value of such an edit, as a pattern. */
  String trace(String value) {
    return "(?<![0-9a-z])" + value.replace("common,", "").replace(".", "\\.") + "0*(?![0-9])";
  }

  /** That value for Airtable. */
  Object cell(String value) {
    return switch (content) {
      case TEXT, DATE -> value;
      case NUMBER -> new BigDecimal(value);
      case OPTIONS, LINK, LINKS -> List.of(value.split(","));
    };
  }

  /** The column's new value in SQL; the parameter is the value. */
  String assignment() {
    String key = target == null ? "" : keys("= any (string_to_array(?, ','))");
    return column()
        + " = "
        + switch (content) {
          case TEXT -> "cast(? as text)";
          case NUMBER -> "cast(? as numeric)";
          case DATE -> "cast(? as date)";
          case OPTIONS -> "string_to_array(?, ',')";
          case LINK -> "(select min(id) " + key + ")";
          case LINKS -> "(select array_agg(id order by id) " + key + ")";
        };
  }

  private String keys(String which) {
    return "from " + target().sql() + " where airtable_record_id " + which;
  }

  /** What Airtable holds, as both sides compare it; empty for nothing. */
  String inAirtable(TablesWorld world, String record) {
    JsonNode cell = world.base().table(table.airtable()).cells(record).get(field);
    if (cell == null || cell.isNull()) {
      return "";
    }
    if (cell.isArray()) {
      List<String> texts = new ArrayList<>();
      cell.forEach(text -> texts.add(text.asText()));
      return texts.stream().sorted().collect(Collectors.joining(","));
    }
    return cell.isNumber() ? plain(cell.decimalValue()) : cell.asText();
  }

  /** The same of PostgreSQL; of a row that there is. */
  String inPostgres(TablesWorld world, String record) {
    String value =
        switch (content) {
          case TEXT, NUMBER, DATE -> "cast(" + column() + " as text)";
          case OPTIONS -> "(select string_agg(x, ',' order by x) from unnest(" + column() + ") x)";
          case LINK -> linked("= t." + column());
          case LINKS -> linked("= any (t." + column() + ")");
        };
    String found =
        world
            .jdbc()
            .sql(
                "select coalesce(%s, '') from %s t where airtable_record_id = ?"
                    .formatted(value, table.sql()))
            .param(record)
            .query(String.class)
            .single();
    return content == Content.NUMBER && !found.isEmpty() ? plain(new BigDecimal(found)) : found;
  }

  private String linked(String which) {
    return "(select string_agg(k.airtable_record_id, ',' order by k.airtable_record_id collate \"C\") from "
        + target().sql()
        + " k where k.id "
        + which
        + ")";
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
