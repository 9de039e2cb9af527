package io.reconciler.side.mapping;

import io.reconciler.decide.ConflictPolicy;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Portal-owned fields that only make sense together and are decided together.
 *
 * @param name the group's name
 * @param policy how a conflict of the group is decided
 * @param fields its fields, at least one, in mapping order
 */
public record FieldGroup(String name, ConflictPolicy policy, List<FieldMapping> fields) {

  /** Keeps its own unmodifiable copy of the fields. */
  public FieldGroup {
    fields = List.copyOf(fields);
  }

  /** The same with other fields in the places of these. */
  FieldGroup withFields(UnaryOperator<FieldMapping> change) {
    return new FieldGroup(name, policy, fields.stream().map(change).toList());
  }
}
