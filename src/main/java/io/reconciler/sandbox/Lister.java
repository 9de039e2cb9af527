package io.reconciler.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.sandbox.formula.CompiledFormula;
import io.reconciler.sandbox.formula.FormulaException;
import io.reconciler.sandbox.table.ErrorReply;
import io.reconciler.sandbox.table.Json;
import io.reconciler.sandbox.table.Row;
import io.reconciler.sandbox.table.RowView;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.sandbox.table.Schema;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Lists the records of a table page by page. */
final class Lister {

  static final String VIEW = "Grid view";

  private final Iterators iterators;
  private final PageHooks hooks;
  private final Clock clock;

  Lister(Iterators iterators, PageHooks hooks, Clock clock) {
    this.iterators = iterators;
    this.hooks = hooks;
    this.clock = clock;
  }

  /** Returns one page; throws the API's errors. */
  ObjectNode list(SandboxTable table, ListingRequest request) {
    List<SandboxField> shown = table.locked(() -> shown(table, request));
    if (request.offset().isEmpty()) {
      hooks.before(1);
      List<String> members = table.locked(() -> members(table, request));
      return page(table, iterators.open(table, members), request, shown);
    }
    Iterators.Position position = iterators.resume(table, request.offset());
    hooks.before(position.start() / request.pageSize() + 1);
    return page(table, position, request, shown);
  }

  private static List<SandboxField> shown(SandboxTable table, ListingRequest request) {
    Schema schema = table.schema();
    return request.fields().isEmpty()
        ? schema.fields()
        : request.fields().stream().map(schema::asked).distinct().toList();
  }

  private List<String> members(SandboxTable table, ListingRequest request) {
    requireView(table, request.view());
    List<Row> rows = matching(table, request.formula());
    if (!request.sort().isEmpty()) {
      rows.sort(order(table, request.sort()));
    } else if (request.view().isEmpty()) {
      // Seen: without view and sort the order is that of the record ids.
      rows.sort(Comparator.comparing(Row::id));
    }
    return rows.stream().limit(request.maxRecords()).map(Row::id).toList();
  }

  private static void requireView(SandboxTable table, String view) {
    if (!view.isEmpty() && !view.equals(VIEW) && !view.equals(table.viewId())) {
      throw ErrorReply.unprocessable("VIEW_NAME_NOT_FOUND", "View " + view + " not found");
    }
  }

  private List<Row> matching(SandboxTable table, String text) {
    CompiledFormula formula = text.isBlank() ? null : compiled(table.schema(), text);
    Instant now = clock.instant();
    List<Row> rows = new ArrayList<>();
    for (Row row : table.rows().all()) {
      if (formula == null || formula.matches(table.view().forFormula(row, now))) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static CompiledFormula compiled(Schema schema, String text) {
    try {
      return CompiledFormula.compile(
          text,
          name -> {
            SandboxField field = schema.find(name);
            return field == null ? null : field.id();
          });
    } catch (FormulaException e) {
      throw ErrorReply.invalidFormula(e.getMessage());
    }
  }

  private static Comparator<Row> order(SandboxTable table, List<ListingRequest.Key> keys) {
    Comparator<Row> order = Comparator.comparingInt(row -> 0);
    for (ListingRequest.Key key : keys) {
      SandboxField field = table.schema().asked(key.field());
      Comparator<Row> next =
          Comparator.comparing(row -> new Sortable(table.view().formulaValue(row, field)));
      order = order.thenComparing(key.descending() ? next.reversed() : next);
    }
    return order;
  }

  /** A value that sorts as in Airtable: empty cells first, texts without regard to case. */
  private record Sortable(@Nullable Object value) implements Comparable<Sortable> {

    @Override
    public int compareTo(Sortable other) {
      if (value == null || other.value == null) {
        return Boolean.compare(value != null, other.value != null);
      }
      if (value instanceof Double left && other.value instanceof Double right) {
        return left.compareTo(right);
      }
      if (value instanceof Instant left && other.value instanceof Instant right) {
        return left.compareTo(right);
      }
      return folded(value).compareTo(folded(other.value));
    }

    private static String folded(Object value) {
      return value.toString().toLowerCase(Locale.ROOT);
    }
  }

  private ObjectNode page(
      SandboxTable table,
      Iterators.Position position,
      ListingRequest request,
      List<SandboxField> shown) {
    List<String> members = position.listing().members();
    int end = Math.min(position.start() + request.pageSize(), members.size());
    ArrayNode records =
        table.locked(
            () -> live(table, members.subList(position.start(), end), shown, request.form()));
    ObjectNode page = Json.object().set("records", records);
    return end < members.size()
        ? page.put("offset", iterators.keep(position.listing(), end))
        : page;
  }

  private static ArrayNode live(
      SandboxTable table, List<String> members, List<SandboxField> shown, RowView.Form form) {
    ArrayNode records = Json.array();
    for (String id : members) {
      Row row = table.rows().find(id);
      // UNCONFIRMED what becomes of a record deleted meanwhile: it makes its page shorter.
      if (row != null) {
        records.add(table.view().record(row, shown, form));
      }
    }
    return records;
  }
}
