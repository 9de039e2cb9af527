package io.reconciler.engine.apply.link;

import io.reconciler.engine.apply.plan.IncomingRecord;
import io.reconciler.engine.apply.plan.Page;
import io.reconciler.engine.run.Run;
import io.reconciler.side.mapping.Converted;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.mapping.Owner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A page whose links are looked at before it is applied: what they point at is fetched where it has
 * no row yet, and what can't be had is left out. Links in a circle wait until all tables are
 * pulled. Used by one thread.
 */
public final class LinkedPage {

  private final Page page;
  private final Run run;
  private final List<FieldMapping> links;
  private final Set<String> circular = new HashSet<>();
  private final Map<String, LinkTarget> targets = new LinkedHashMap<>();

  LinkedPage(Page page, Run run, MappingSet mappings) {
    this.page = page;
    this.run = run;
    Mapping mapping = run.mapping();
    this.links = mapping.fields().stream().filter(FieldMapping::isLinked).toList();
    if (page.purpose() == Page.Purpose.PULL) {
      mappings.circular(mapping).forEach(field -> circular.add(field.column()));
    }
    for (FieldMapping field : links) {
      LinkTarget target =
          targets.computeIfAbsent(
              to(field), name -> new LinkTarget(run.on(mappings.named(name).orElseThrow())));
      page.records()
          .forEach(record -> target.want(ids(record, field), !circular.contains(field.column())));
    }
  }

  /** The tables that the page points at. */
  public List<LinkTarget> targets() {
    return targets.values().stream().filter(LinkTarget::isWanted).toList();
  }

  /** The page as it was read. */
  public Page page() {
    return page;
  }

  /**
   * Whether a link points at a record that has no row, so that its field may link to another table
   * now; asked for once a run.
   */
  boolean isUnsure() {
    return run.table().hasFields()
        && run.table().fields().isBelieved()
        && targets().stream().anyMatch(target -> !target.missing().isEmpty());
  }

  /** The page as it can be applied now. */
  Page resolved() {
    return page.of(page.records().stream().map(this::record).toList());
  }

  private IncomingRecord record(IncomingRecord record) {
    IncomingRecord left = record;
    Set<String> later = new HashSet<>();
    for (FieldMapping field : links) {
      List<String> ids = ids(record, field);
      List<String> missing = ids.stream().filter(id -> !has(field, id)).toList();
      if (missing.isEmpty()) {
        continue;
      }
      if (circular.contains(field.column())) {
        later.add(field.column());
      } else {
        left = left.unlinked(field.column(), missing, others(field, ids), why(field, missing));
      }
    }
    if (!later.isEmpty()) {
      run.table().linksLeft().add(record.id(), record.only(later));
      left = left.without(later);
    }
    return left;
  }

  // What the portal owns is decided whole: a part of it is nobody's value.
  private @Nullable List<String> others(FieldMapping field, List<String> ids) {
    return field.owner() == Owner.PORTAL
        ? null
        : ids.stream().filter(id -> has(field, id)).toList();
  }

  private boolean has(FieldMapping field, String id) {
    return Objects.requireNonNull(targets.get(to(field))).has(id);
  }

  private static Converted.Failed why(FieldMapping field, List<String> missing) {
    return new Converted.Failed(
        missing.toString(),
        "links %s, which has no row in %s".formatted(missing.get(0), to(field)));
  }

  private static String to(FieldMapping field) {
    return Objects.requireNonNull(field.conversion().to());
  }

  private static List<String> ids(IncomingRecord record, FieldMapping field) {
    List<String> ids = new ArrayList<>();
    if (record.values().get(field.column()) instanceof List<?> list) {
      list.forEach(id -> ids.add(String.valueOf(id)));
    }
    return ids;
  }
}
