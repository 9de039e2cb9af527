package io.reconciler.service.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.mapping.FieldMapping;
import org.jspecify.annotations.Nullable;

/** What linked records are called, where somebody knows. */
interface LinkNames {

  /** Record ids stay what they are. */
  LinkNames NONE = (field, client, value) -> value;

  /**
   * The value of a field with names instead of the record ids that its links are.
   *
   * @param client whose record has it, by id or base; null where that is not known
   */
  JsonNode in(@Nullable FieldMapping field, @Nullable String client, JsonNode value);
}
