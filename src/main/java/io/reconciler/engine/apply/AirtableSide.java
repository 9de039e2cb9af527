package io.reconciler.engine.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.reconciler.decide.Unconvertible;
import io.reconciler.engine.apply.plan.GroupOutcome;
import io.reconciler.side.mapping.FieldMapping;

/** Airtable's value of a field that was decided, for a person. */
final class AirtableSide {

  private AirtableSide() {}

  /** The cell; the raw text of one that could not be converted. */
  static JsonNode json(FieldMapping field, GroupOutcome outcome) {
    Object value = outcome.state().airtable().get(field.column());
    return value instanceof Unconvertible bad
        ? TextNode.valueOf(bad.raw())
        : field.toCellJson(value);
  }
}
