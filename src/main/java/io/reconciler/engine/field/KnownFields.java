package io.reconciler.engine.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.side.airtable.FieldKeys;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one run knows of its table and the mapped fields: as it was kept, and as the metadata said
 * since. Used by one thread.
 */
public final class KnownFields {

  /** The column that stands for the modification time; no mapping can have it. */
  public static final String MODIFIED = "@modified";

  /** How long an answer of the metadata counts as that of the moment. */
  private static final Duration FRESH = Duration.ofSeconds(30);

  private final Mapping mapping;
  private final MappedReferences references;
  private final BoundFields fields = new BoundFields();
  private final EnumLabels labels;
  private final SavedFields saved;
  private final ColumnPlaces places;
  private @Nullable String tableId;
  private String tableName;
  private List<String> free = List.of();
  private boolean allowed;
  private boolean stale;
  private @Nullable Instant asked;
  private boolean askedSince;
  private boolean otherTable;
  private boolean listed;

  private KnownFields(Mapping mapping, JsonNode row) {
    this.mapping = mapping;
    this.references = new MappedReferences(mapping);
    this.labels = EnumLabels.kept(row);
    this.saved = new SavedFields(row);
    this.places =
        new ColumnPlaces(row.path("places"), references.byColumn().keySet(), saved::place);
    this.tableName = mapping.table();
  }

  /** As {@code read-fields.sql} returned it. */
  public static KnownFields kept(Mapping mapping, JsonNode row) {
    KnownFields known = new KnownFields(mapping, row);
    JsonNode table = row.path("table");
    known.stale = !table.isObject() || table.path("stale").asBoolean();
    known.allowed = table.path("allowed").asBoolean();
    known.tableId = table.path("table_id").textValue();
    known.tableName = table.path("table_name").asText(mapping.table());
    known.references.byColumn().forEach(known::keep);
    return known;
  }

  // A field that the mapping names otherwise now is looked for anew.
  private void keep(String column, String reference) {
    BoundField row = saved.of(column);
    String place = places.of(column, saved.place(column));
    if (row == null || !row.reference().equals(reference)) {
      stale = true;
      Instant since = row == null ? null : row.missingSince();
      String lastId = row == null ? null : row.lastId();
      boolean computed = references.isComputed(column);
      fields.add(BoundField.unseen(column, reference, computed, since, lastId, place));
    } else {
      fields.add(inColumn(row, place));
    }
  }

  // A column of Airtable's that was made anew is empty: its field is caught up with, like one that
  // was missing since ever.
  private BoundField inColumn(BoundField row, @Nullable String place) {
    BoundField field = row.at(place);
    boolean portals =
        mapping.portalFields().stream().anyMatch(f -> f.column().equals(field.column()));
    return field.isInAnotherColumn(row) && !portals ? field.missing(Instant.EPOCH) : field;
  }

  /**
   * Whether the metadata is to be asked for before anything else: it never was, not for a day, or a
   * field was gone.
   */
  public boolean isStale() {
    boolean without = allowed ? !gone().isEmpty() || !missing().isEmpty() : !unresolved().isEmpty();
    return stale || without;
  }

  /** Whether the token may read the metadata, as far as known. */
  public boolean isAllowed() {
    return allowed;
  }

  /** Whether nothing is known that requests could go by. */
  public boolean isUnknown() {
    return stale && (tableId == null || !fields.isAnyBound());
  }

  /** Whether the metadata was not asked for just now. */
  public boolean isUnsure(Instant now) {
    return asked == null || Duration.between(asked, now).compareTo(FRESH) > 0;
  }

  /** The table of this metadata that is not the known one, but has its name; empty otherwise. */
  public Optional<RemadeTable> remade(JsonNode schema) {
    String known = tableId;
    return Optional.ofNullable(Metadata.of(schema, mapping.table(), known))
        .filter(found -> known != null && !found.id().equals(known))
        .map(found -> new RemadeTable(found.name(), String.valueOf(known), found.id()));
  }

  /** Whether another table than the kept one was taken, and the database does not know it yet. */
  public boolean isOtherTable() {
    return otherTable;
  }

  /** Takes the metadata; false when it has no such table, and then nothing is changed. */
  public boolean learn(JsonNode schema, Instant now) {
    Metadata table = Metadata.of(schema, mapping.table(), tableId);
    if (table == null) {
      return false;
    }
    asked(now);
    allowed = true;
    otherTable |= tableId != null && !tableId.equals(table.id());
    tableId = table.id();
    tableName = table.name();
    fields.replaceEach(field -> field.in(table, references.isComputed(field.column())));
    free = table.namesWithout(fields.ids());
    return true;
  }

  /** The options of each column's field, as this metadata shows them; nothing changes by it. */
  public Map<String, List<String>> choices(JsonNode schema) {
    Map<String, List<String>> choices = new HashMap<>();
    Metadata table = Metadata.of(schema, mapping.table(), tableId);
    if (table != null) {
      fields.forEach(
          field ->
              table
                  .field(field.reference(), field.id())
                  .ifPresent(found -> choices.put(field.column(), found.choices())));
    }
    return choices;
  }

  /** The token may not read the metadata: what was kept still holds, if it is all there. */
  public void refused(Instant now) {
    asked(now);
    allowed = false;
    if (!fields.isAllBound()) {
      forgetIds();
    }
  }

  private void asked(Instant now) {
    asked = now;
    askedSince = true;
    stale = false;
  }

  /**
   * Without metadata, after Airtable did not know a kept id: everything goes by name again. Not if
   * the mapping has ids, because answers go either by names or by ids.
   */
  public void forgetIds() {
    if (!hasIds()) {
      tableId = null;
      fields.replaceEach(BoundField::unbound);
    }
  }

  private boolean hasIds() {
    return Metadata.isId(mapping.table()) || fields.isAnyMappedById();
  }

  /** What has no id yet although the mapping has ids, so that not all can be asked for by id. */
  public List<String> unresolved() {
    List<String> open = new ArrayList<>();
    if (hasIds()) {
      if (tableId == null) {
        open.add(mapping.table());
      }
      open.addAll(fields.unboundReferences());
      open.sort(Comparator.comparing(reference -> !Metadata.isId(reference)));
    }
    return open;
  }

  /** The columns whose field the metadata does not show. */
  public Set<String> gone() {
    return fields.columns(field -> allowed && !field.isBound());
  }

  /** Whether the table was never found in Airtable. */
  public boolean isTableUnseen() {
    return tableId == null;
  }

  /** The columns whose field was never found in Airtable, and that no run was done without. */
  public Set<String> unseen() {
    return fields.columns(BoundField::isUnseen);
  }

  /** Where that is other than what the database learnt of, as of now. */
  public FieldChanges changes() {
    return new FieldChanges(mapping, fields, saved, otherTable);
  }

  /**
   * Whether another table of PostgreSQL's has come in the place of the one that the database learnt
   * of, of which this run has not brought everything over yet.
   */
  public boolean isInOtherTable() {
    return places.isOtherTable();
  }

  /** Takes what a look at that table has shown; one that lacks nothing is the known one at once. */
  public void looked(OtherTable look) {
    places.looked(look);
    saved.emptied(look.emptied());
    keepPlaces();
  }

  /** What that table is like; empty when there is none, or it lacks nothing. */
  public Optional<OtherTable> inPlace() {
    return Optional.ofNullable(places.look());
  }

  /** The records whose leads in that table are older than what was agreed on for them. */
  public Set<String> outdated() {
    return places.outdated();
  }

  /** Every record was listed: what that table lacked is there. */
  public void filledUp() {
    listed = true;
    places.take();
    keepPlaces();
  }

  /** Whether every record was listed in this run. */
  public boolean isListed() {
    return listed;
  }

  /**
   * The columns whose links point at another table of PostgreSQL's than the database learnt of, and
   * may hold keys of the one that was there before.
   */
  public Set<String> linksElsewhere() {
    return places.linksElsewhere();
  }

  /** Their links were set right. */
  public void followed() {
    places.follow();
    keepPlaces();
  }

  private void keepPlaces() {
    fields.replaceEach(field -> field.at(places.of(field.column(), field.place())));
  }

  /** The names of the fields that no column has, as the metadata of this run showed them. */
  public List<String> free() {
    return free;
  }

  /** The columns that an earlier run left out. */
  public Set<String> missing() {
    return fields.columns(field -> field.missingSince() != null);
  }

  /** The columns that Airtable computes. */
  public Set<String> computed() {
    return fields.columns(field -> field.computed() && !field.column().equals(MODIFIED));
  }

  /** The id of a table or field that the mapping names so; the name where none is known. */
  public String idOf(String reference) {
    if (reference.equals(mapping.table())) {
      return tableId == null ? reference : tableId;
    }
    return fields.idOf(reference).orElse(reference);
  }

  /** What a column of an enum, or of a list of one, can hold; empty for every other. */
  public List<String> labels(FieldMapping field) {
    return labels.of(field.type());
  }

  /** The field of a column, or of {@link #MODIFIED}. */
  public BoundField field(String column) {
    return fields.of(column);
  }

  /** Notes that stage 1 has left these columns out since then, and all others not any more. */
  public void leftOut(Set<String> columns, @Nullable Instant since, Set<String> stillMissing) {
    fields.replaceEach(
        field -> {
          if (stillMissing.contains(field.column())) {
            return field;
          }
          if (!columns.contains(field.column())) {
            return field.missing(null);
          }
          return field.missingSince() == null ? field.missing(since) : field;
        });
  }

  /** Under which keys to ask. */
  public FieldKeys keys() {
    boolean byId = tableId != null && fields.isAnyBound();
    return new FieldKeys(tableId == null ? mapping.table() : tableId, byId, fields.keys(mapping));
  }

  /** Whether the metadata was asked for in this run. */
  public boolean isAsked() {
    return asked != null;
  }

  /** The base's table, for the statements. */
  public String tableReference() {
    return mapping.table();
  }

  /** Whether the database does not know yet what is known, or that it was asked for. */
  public boolean isUnsaved() {
    return askedSince || !saved.holds(table(), fields);
  }

  /** Notes that what is known now was written. */
  public void saved() {
    askedSince = false;
    otherTable = false;
    saved.written(table(), fields);
  }

  private ObjectNode table() {
    return SavedFields.table(tableId, tableName, allowed);
  }

  /** The row of {@code reconciler.airtable_table} as JSON. */
  public String tableJson() {
    return table().toString();
  }

  /** The rows of {@code reconciler.field} that differ from what was kept, as JSON. */
  public String fieldsJson() {
    return saved.different(fields).toString();
  }
}
