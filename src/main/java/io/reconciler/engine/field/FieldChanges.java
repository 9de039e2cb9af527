package io.reconciler.engine.field;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.reconciler.side.mapping.Converted;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.AgreedValues;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Where the fields and columns that a run knows are others than those that the database learnt of.
 * Nowhere in a table that was made anew itself: its records are others, and what is agreed on is
 * about the old ones.
 */
public final class FieldChanges {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Mapping mapping;
  private final BoundFields fields;
  private final SavedFields saved;

  FieldChanges(Mapping mapping, BoundFields fields, SavedFields saved) {
    this.mapping = mapping;
    this.fields = fields;
    this.saved = saved;
  }

  /**
   * The portal's fields in whose place another one has come, deleted and made anew, in Airtable or
   * as a column, or named by an edited mapping, and of which the database does not know it yet:
   * nothing was ever agreed on with the new one.
   */
  public List<FieldMapping> replaced() {
    return saved.isOtherTable() ? List.of() : portals(saved::isReplaced);
  }

  /** The field groups of the same. */
  public Set<String> replacedGroups() {
    return groups(replaced());
  }

  /** The same groups, as a JSON array. */
  public String replacedGroupsJson() {
    return json(replacedGroups());
  }

  /**
   * The portal's fields whose type was changed and that serve their columns all the same, or again,
   * of which the database does not know it yet: what was agreed on counts where Airtable still
   * shows it.
   */
  public List<FieldMapping> converted() {
    Set<String> replaced = replacedGroups();
    return saved.isOtherTable()
        ? List.of()
        : portals(saved::isConverted).stream()
            .filter(field -> !replaced.contains(String.valueOf(field.group())))
            .toList();
  }

  /** The field groups of the same. */
  public Set<String> convertedGroups() {
    return groups(converted());
  }

  /** The same groups, as a JSON array. */
  public String convertedGroupsJson() {
    return json(convertedGroups());
  }

  /** Whether something that was agreed on does not count as it is any more. */
  public boolean isForgetting() {
    return !replaced().isEmpty() || !converted().isEmpty();
  }

  /** What was agreed on, by record, as it counts now. */
  public void count(Map<String, AgreedValues> agreed) {
    if (isForgetting()) {
      Set<String> replaced = replacedGroups();
      Set<String> converted = convertedGroups();
      agreed.replaceAll((id, known) -> known.without(replaced).unsure(converted));
    }
  }

  /** Whether it was the column of one of these, and not the field, that was made anew. */
  public boolean isInAnotherColumn(FieldMapping field) {
    return saved.isInAnotherColumn(fields.of(field.column()));
  }

  /**
   * Whether the mapping names another field for that column than when the database learnt of it.
   */
  public boolean isNamedOtherwise(FieldMapping field) {
    BoundField before = saved.of(field.column());
    return before != null && !before.reference().equals(fields.of(field.column()).reference());
  }

  /** Whether another column has come in the place of one of the portal's. */
  public boolean isMoved() {
    return !moved().isEmpty();
  }

  /** The portal's columns in whose place another one has come, as a JSON array. */
  public String movedJson() {
    return json(moved());
  }

  private List<String> moved() {
    return portals(saved::isMoved).stream().map(FieldMapping::column).toList();
  }

  /** Takes those of them that hold what was agreed on for the old ones: nothing is forgotten. */
  public void filled(List<String> columns) {
    saved.filled(columns);
  }

  /**
   * The columns whose field has another type than the database knows, or is another one: what was
   * refused for it may go now.
   */
  public Set<String> retyped() {
    return saved.isOtherTable() ? Set.of() : fields.columns(saved::isRetyped);
  }

  /** The same columns, as a JSON array. */
  public String retypedJson() {
    return json(retyped());
  }

  /** The field groups of the same columns, as a JSON array. */
  public String retypedGroupsJson() {
    return json(groups(saved.isOtherTable() ? List.of() : portals(saved::isRetyped)));
  }

  /** Whether something that was refused may go now. */
  public boolean isWaking() {
    return !retyped().isEmpty() || !gained().isEmpty();
  }

  /**
   * What the portal's columns hold for options that their field has got, by column, as a JSON
   * object: a value that was refused for want of its option may go now.
   */
  public String gainedJson() {
    return gained().toString();
  }

  private ObjectNode gained() {
    ObjectNode gained = JSON.createObjectNode();
    for (FieldMapping field :
        saved.isOtherTable() ? List.<FieldMapping>of() : mapping.portalFields()) {
      List<String> options = saved.gained(fields.of(field.column()));
      if (!options.isEmpty()) {
        ArrayNode values = gained.putArray(field.column());
        options.forEach(option -> values.add(stored(field, option)));
      }
    }
    return gained;
  }

  // A choice of the mapping is stored as its value, a part of a list as it is.
  private static String stored(FieldMapping field, String option) {
    return field.convert(TextNode.valueOf(option)) instanceof Converted.Value converted
            && converted.value() instanceof String text
        ? text
        : option;
  }

  private List<FieldMapping> portals(Predicate<BoundField> which) {
    Set<String> columns = fields.columns(which);
    return mapping.portalFields().stream().filter(f -> columns.contains(f.column())).toList();
  }

  private static Set<String> groups(List<FieldMapping> some) {
    return some.stream()
        .map(FieldMapping::group)
        .filter(Objects::nonNull)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String json(Collection<String> texts) {
    return JSON.valueToTree(texts).toString();
  }
}
