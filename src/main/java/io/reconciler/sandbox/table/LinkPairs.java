package io.reconciler.sandbox.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps both sides of linked records equal; its callers hold the base's lock. */
final class LinkPairs {

  private final SandboxBase base;

  LinkPairs(SandboxBase base) {
    this.base = base;
  }

  /** The table that a link field points at; null when it says none, or the table is gone. */
  @Nullable SandboxTable target(SandboxField link) {
    return base.find(link.option("linkedTableId"));
  }

  static Set<String> ids(@Nullable JsonNode cell) {
    Set<String> ids = new LinkedHashSet<>();
    if (cell != null) {
      cell.forEach(id -> ids.add(id.isObject() ? id.path("id").asText() : id.asText()));
    }
    return ids;
  }

  /** The records that a cell links to and that are there. */
  List<Row> rows(Row row, SandboxField link) {
    SandboxTable target = target(link);
    return target == null
        ? List.of()
        : ids(row.cell(link.id())).stream()
            .filter(id -> target.rows().find(id) != null)
            .map(id -> target.rows().get(id))
            .toList();
  }

  /** Enters a changed cell on the other side too. */
  void changed(Row row, SandboxField link, @Nullable JsonNode before, Instant now) {
    Set<String> old = ids(before);
    Set<String> present = ids(row.cell(link.id()));
    old.stream()
        .filter(id -> !present.contains(id))
        .forEach(id -> mirror(row, link, id, false, now));
    present.stream()
        .filter(id -> !old.contains(id))
        .forEach(id -> mirror(row, link, id, true, now));
  }

  /** Takes a deleted record out of the cells of others, or puts a restored one back. */
  void present(SandboxTable table, Row row, boolean there, Instant now) {
    for (SandboxField field : table.schema().fields()) {
      if (field.isLink()) {
        ids(row.cell(field.id())).forEach(id -> mirror(row, field, id, there, now));
      }
    }
  }

  private void mirror(Row row, SandboxField link, String otherId, boolean linked, Instant now) {
    SandboxTable target = target(link);
    SandboxField inverse =
        target == null ? null : target.schema().find(link.option("inverseLinkFieldId"));
    Row other = target == null ? null : target.rows().find(otherId);
    if (inverse == null || other == null || inverse.id().equals(link.id())) {
      return;
    }
    Set<String> ids = ids(other.cell(inverse.id()));
    boolean changed = linked ? ids.add(row.id()) : ids.remove(row.id());
    if (changed) {
      ArrayNode cell = Json.array();
      ids.forEach(cell::add);
      other.put(inverse.id(), cell);
      if (now.isAfter(other.modified(List.of()))) {
        other.edited(inverse.id(), now);
      }
    }
  }
}
