package io.reconciler.engine.field;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.airtable.FieldKeys;
import io.reconciler.side.airtable.TableSchema.Field;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
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

  private final Mapping mapping;
  private final MappedReferences references;
  private final BoundFields fields = new BoundFields();
  private final KnownTable table;
  private final MetadataAge age;
  private final EnumLabels labels;
  private final SavedFields saved;
  private final ColumnPlaces places;
  private final Misfits misfits;
  private List<String> free = List.of();

  private KnownFields(Mapping mapping, JsonNode row) {
    JsonNode kept = row.path("table");
    this.mapping = mapping;
    this.references = new MappedReferences(mapping);
    this.table = new KnownTable(kept, mapping.table());
    this.age =
        new MetadataAge(
            !kept.isObject() || kept.path("stale").asBoolean(), kept.path("recent").asBoolean());
    this.labels = EnumLabels.kept(row);
    this.saved = new SavedFields(row, table, fields);
    this.misfits = new Misfits(mapping, fields, saved, row.path("table_ids"));
    this.places =
        new ColumnPlaces(row.path("places"), references.byColumn().keySet(), saved, fields);
  }

  /** As {@code read-fields.sql} returned it. */
  public static KnownFields kept(Mapping mapping, JsonNode row) {
    KnownFields known = new KnownFields(mapping, row);
    known.references.byColumn().forEach(known::keep);
    return known;
  }

  // A field that the mapping names otherwise now is looked for anew.
  private void keep(String column, String reference) {
    BoundField row = saved.of(column);
    String place = places.of(column, saved.place(column));
    if (row == null || !row.reference().equals(reference)) {
      age.expire();
      Instant since = row == null ? null : row.missingSince();
      String lastId = row == null ? null : row.lastId();
      boolean computed = references.isComputed(column);
      fields.add(BoundField.unseen(column, reference, computed, since, lastId, place));
    } else {
      fields.add(inColumn(row, place));
    }
  }

  // A column of Airtable's that was made anew is empty: its field is caught up with, like one that
  // was always missing.
  private BoundField inColumn(BoundField row, @Nullable String place) {
    BoundField field = row.at(place);
    boolean portals =
        mapping.portalFields().stream().anyMatch(f -> f.column().equals(field.column()));
    return field.isInAnotherColumn(row) && !portals ? field.missing(Instant.EPOCH) : field;
  }

  /**
   * Whether the metadata is to be asked for before anything else: it never was, not for a day, or a
   * field was gone or did not fit.
   */
  public boolean isStale() {
    boolean without =
        isAllowed() ? !gone().isEmpty() || !missing().isEmpty() : !unresolved().isEmpty();
    return age.isStale() || without || !unfit().isEmpty();
  }

  /** Whether runs still go by what was kept of the metadata, and could ask for it. */
  public boolean isBelieved() {
    return isAllowed() && !age.isAsked();
  }

  /** Whether the token may read the metadata, as far as known. */
  public boolean isAllowed() {
    return table.allowed();
  }

  /** Whether nothing is known that requests could go by. */
  public boolean isUnknown() {
    return age.isStale() && (isTableUnseen() || !fields.isAnyBound());
  }

  /** The table of this metadata that is not the known one, but has its name; empty otherwise. */
  public Optional<RemadeTable> remade(JsonNode schema) {
    String known = table.id();
    return Optional.ofNullable(Metadata.of(schema, mapping.table(), known))
        .filter(found -> known != null && !found.id().equals(known))
        .map(found -> new RemadeTable(found.name(), String.valueOf(known), found.id()));
  }

  /**
   * Takes the metadata of a base with these mappings; false when it has no such table, and then
   * nothing is changed.
   */
  public boolean learn(JsonNode schema, MappingSet mappings, Instant now) {
    Metadata found = metadata(schema);
    if (found == null) {
      return false;
    }
    asked(now);
    if (table.found(found)) {
      saved.tableTaken();
    }
    fields.replaceEach(field -> field.in(found, references.isComputed(field.column())));
    misfits.learn(found, schema, mappings);
    fields.replaceEach(this::toBeRead);
    free = found.namesWithout(fields.ids());
    return true;
  }

  // A changed type shows other cells, and no record counts as modified by it.
  private BoundField toBeRead(BoundField field) {
    return !field.column().equals(MODIFIED) && saved.isConverted(field)
        ? field.missing(Instant.EPOCH)
        : field;
  }

  /** Why a field, as this metadata shows it, does not serve a column; empty when it does. */
  public String objection(FieldMapping mapped, Field field) {
    return misfits.objection(mapped, field);
  }

  /** The options of each column's field, as this metadata shows them; nothing changes by it. */
  public Map<String, List<String>> choices(JsonNode schema) {
    Metadata found = metadata(schema);
    return found == null ? Map.of() : fields.choices(found);
  }

  private @Nullable Metadata metadata(JsonNode schema) {
    return Metadata.of(schema, mapping.table(), table.id());
  }

  /** What Airtable called otherwise than the mapping does, when it was last asked, by that name. */
  public Map<String, String> otherNames() {
    Map<String, String> others = new LinkedHashMap<>();
    String id = table.id();
    if (id != null && !List.of(id, table.name()).contains(mapping.table())) {
      others.put(mapping.table(), table.name());
    }
    fields.forEach(
        field -> {
          String fieldId = field.id();
          if (fieldId != null && !List.of(fieldId, field.name()).contains(field.reference())) {
            others.put(field.reference(), field.name());
          }
        });
    return others;
  }

  /** The token may not read the metadata: what was kept still holds, if it is all there. */
  public void refused(Instant now) {
    asked(now);
    table.refused();
    if (!fields.isAllBound()) {
      forgetIds();
    }
  }

  private void asked(Instant now) {
    age.answered(now);
    saved.asked();
  }

  /**
   * Without metadata, after Airtable did not know a kept id: everything goes by name again. Not if
   * the mapping has ids, because answers go either by names or by ids.
   */
  public void forgetIds() {
    if (!hasIds()) {
      table.forgetId();
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
      if (isTableUnseen()) {
        open.add(mapping.table());
      }
      open.addAll(fields.unboundReferences());
      open.sort(Comparator.comparing(reference -> !Metadata.isId(reference)));
    }
    return open;
  }

  /** The columns whose field the metadata does not show. */
  public Set<String> gone() {
    return fields.columns(field -> isAllowed() && !field.isBound());
  }

  /** The columns whose field is there, and does not serve them as it is. */
  public Set<String> unfit() {
    return fields.columns(BoundField::isMisfit);
  }

  /** Why the field of one of these does not, as the end of a sentence about both. */
  public String unfitReason(String column) {
    return misfits.reason(column);
  }

  /** Whether the table was never found in Airtable. */
  public boolean isTableUnseen() {
    return table.id() == null;
  }

  /** The columns whose field was never found in Airtable, and that no run was done without. */
  public Set<String> unseen() {
    return fields.columns(BoundField::isUnseen);
  }

  /** Where that is other than what the database learnt of, as of now. */
  public FieldChanges changes() {
    return new FieldChanges(mapping, fields, saved);
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
      return tableKey();
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

  /** Notes that stage 1 has left these columns out since then, and no others. */
  public void leftOut(Set<String> columns, @Nullable Instant since, Set<String> stillMissing) {
    fields.leftOut(columns, since, stillMissing);
  }

  public FieldKeys keys() {
    boolean byId = !isTableUnseen() && fields.isAnyBound();
    return new FieldKeys(tableKey(), byId, fields.keys(mapping));
  }

  private String tableKey() {
    String id = table.id();
    return id == null ? mapping.table() : id;
  }

  /** The base's table, for the statements. */
  public String tableReference() {
    return mapping.table();
  }

  /** When the metadata was asked for. */
  public MetadataAge age() {
    return age;
  }

  /** What the database holds of all this. */
  public SavedFields saved() {
    return saved;
  }

  /** Where the columns are in PostgreSQL. */
  public ColumnPlaces places() {
    return places;
  }
}
