package io.reconciler.engine.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reconciler.decide.Unconvertible;
import io.reconciler.engine.apply.plan.GroupOutcome;
import io.reconciler.side.mapping.FieldMapping;

/** Airtable's value of a field that was decided, for a person. */
final class AirtableSide {

  /** Numbers keep their zeros: 886190 and not 8.8619E+5. */
  private static final ObjectMapper JSON =
      new ObjectMapper().setNodeFactory(JsonNodeFactory.withExactBigDecimals(true));

  private AirtableSide() {}

  /** The cell; the raw text of one that could not be converted. */
  static JsonNode json(FieldMapping field, GroupOutcome outcome) {
    Object value = outcome.state().airtable().get(field.column());
    return value instanceof Unconvertible bad
        ? JSON.valueToTree(bad.raw())
        : JSON.valueToTree(field.toCell(value));
  }
}
