package io.reconciler.program.init;

import io.reconciler.decide.ConflictPolicy;
import io.reconciler.side.airtable.TableSchema;
import io.reconciler.side.airtable.TableSchema.Field;
import io.reconciler.side.mapping.Conversion;
import io.reconciler.side.mapping.Conversion.Kind;
import io.reconciler.side.mapping.FieldGroup;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.Owner;
import io.reconciler.side.mapping.PgType;
import io.reconciler.side.mapping.PgType.Base;
import io.reconciler.side.mapping.PostgresTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Plans the mappings and the DDL of some tables of a base. Pure. */
public final class Planner {

  private static final String EXISTENCE = "is_active";

  private final InitRequest request;
  private final ExistingTables catalog;

  /** Plans what was asked for, into this database. */
  public Planner(InitRequest request, ExistingTables catalog) {
    this.request = request;
    this.catalog = catalog;
  }

  /**
   * A plan for each table, in their order; what is there may keep one from it.
   *
   * @throws InitException when what was asked for by name will not do
   */
  public BasePlan plan(List<TableSchema> sources) {
    return AskedFor.ensure(request, plan(sources, List.of()));
  }

  private BasePlan plan(List<TableSchema> sources, List<LeftOutTable> before) {
    Frames framing = new Frames(request, catalog);
    List<Frame> frames = framing.of(sources);
    Map<String, Frame> byId = new LinkedHashMap<>();
    frames.forEach(frame -> byId.put(frame.source().id(), frame));
    InverseLinks inverses = new InverseLinks(frames, request.portal());
    List<TablePlan> plans = new ArrayList<>();
    List<LeftOutTable> empty = new ArrayList<>();
    for (Frame frame : frames) {
      Optional<Mapping> kept = request.keptMapping(frame.source());
      kept.map(mapping -> Optional.of(kept(frame, mapping, byId)))
          .orElseGet(() -> planned(frame, byId, inverses))
          .ifPresentOrElse(plans::add, () -> empty.add(empty(frame)));
    }
    List<LeftOutTable> leftOut =
        Stream.of(before, framing.leftOut(), empty).flatMap(List::stream).toList();
    // Links to a table that has no mapping are planned otherwise.
    return empty.isEmpty()
        ? new BasePlan(plans, leftOut)
        : plan(without(sources, leftOut), leftOut);
  }

  private static LeftOutTable empty(Frame frame) {
    return new LeftOutTable(
        frame.source(),
        "the table \"%s\" has no field that could be mapped".formatted(frame.source().name()));
  }

  private static List<TableSchema> without(List<TableSchema> sources, List<LeftOutTable> leftOut) {
    List<TableSchema> rest = new ArrayList<>(sources);
    leftOut.forEach(table -> rest.remove(table.source()));
    return rest;
  }

  private TablePlan kept(Frame frame, Mapping mapping, Map<String, Frame> byId) {
    TableDdl ddl = ddl(frame, mapping);
    return new TablePlan(
        frame.source(),
        mapping,
        List.of(),
        List.of(),
        frame.isNew(),
        true,
        ddl.missing(),
        ddl.foreignKeys(targets(byId)));
  }

  private Optional<TablePlan> planned(Frame frame, Map<String, Frame> byId, InverseLinks inverses) {
    FieldPlanner planner = new FieldPlanner(frame, byId, request.portal(), inverses);
    List<PlannedField> fields = planner.plan();
    List<FieldMapping> mapped = new ArrayList<>();
    fields.stream().map(PlannedField::mapped).filter(Objects::nonNull).forEach(mapped::add);
    existence(frame, planner).ifPresent(mapped::add);
    if (mapped.isEmpty()) {
      return Optional.empty();
    }
    Mapping mapping = mapping(frame, mapped);
    TableDdl ddl = ddl(frame, mapping);
    return Optional.of(
        new TablePlan(
            frame.source(),
            mapping,
            fields,
            TableRemarks.of(frame, mapping, catalog.names()),
            frame.isNew(),
            false,
            ddl.missing(),
            ddl.foreignKeys(targets(byId))));
  }

  private Map<String, TableDdl.Target> targets(Map<String, Frame> byId) {
    Map<String, TableDdl.Target> targets = new HashMap<>();
    byId.values().forEach(frame -> targets.put(frame.name(), target(frame.postgres())));
    return targets;
  }

  private TableDdl.Target target(PostgresTable table) {
    return new TableDdl.Target(catalog.place(table.table()), table.key());
  }

  private TableDdl ddl(Frame frame, Mapping mapping) {
    return new TableDdl(mapping, frame.existing(), catalog.place(mapping.postgres().table()));
  }

  /** A table that is there keeps its columns to itself; a new one says which records exist. */
  private static Optional<FieldMapping> existence(Frame frame, FieldPlanner planner) {
    if (frame.hints() != null) {
      return frame.hints().existence();
    }
    if (!frame.isNew()) {
      return Optional.empty();
    }
    return Optional.of(
        new FieldMapping(
            planner.freeName(EXISTENCE, "in_airtable"),
            new PgType(Base.BOOLEAN, 0),
            true,
            true,
            null,
            null,
            new Conversion(Kind.EXISTENCE, Map.of()),
            Owner.ENGINE,
            null));
  }

  private static Mapping mapping(Frame frame, List<FieldMapping> fields) {
    Field modified = frame.lastModified();
    return new Mapping(
        frame.name(),
        References.of(frame.source().name(), frame.source().id()),
        modified == null ? "" : frame.reference(modified),
        frame.base(),
        null,
        frame.postgres(),
        fields,
        groups(frame, fields));
  }

  private static List<FieldGroup> groups(Frame frame, List<FieldMapping> fields) {
    Map<String, List<FieldMapping>> members = new LinkedHashMap<>();
    for (FieldMapping field : fields) {
      if (field.group() != null) {
        members.computeIfAbsent(field.group(), group -> new ArrayList<>()).add(field);
      }
    }
    List<FieldGroup> groups = new ArrayList<>();
    members.forEach((name, group) -> groups.add(new FieldGroup(name, policy(frame, name), group)));
    return groups;
  }

  private static ConflictPolicy policy(Frame frame, String group) {
    ConflictPolicy usual =
        frame.lastModified() == null ? ConflictPolicy.AIRTABLE : ConflictPolicy.NEWEST;
    @Nullable Mapping hints = frame.hints();
    ConflictPolicy hinted =
        hints == null
            ? usual
            : hints.groups().stream()
                .filter(g -> g.name().equals(group))
                .map(FieldGroup::policy)
                .findFirst()
                .orElse(usual);
    // Without a modification time there is no newest.
    return hinted == ConflictPolicy.NEWEST ? usual : hinted;
  }
}
