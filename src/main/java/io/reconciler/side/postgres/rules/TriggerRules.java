package io.reconciler.side.postgres.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says which triggers may make what is pulled look like an edit of the portal. */
final class TriggerRules {

  private TriggerRules() {}

  /**
   * Those that fire when a row is updated.
   *
   * @param edited the column with the time of a row's last edit; null when the table keeps none
   */
  static List<SchemaProblem> table(TableShape table, String name, @Nullable String edited) {
    return edited == null
        ? List.of()
        : table.updateTriggers().stream()
            .map(
                trigger ->
                    SchemaProblem.warning(
                        "the trigger %s fires on UPDATE of %s: if it moves %s, what is pulled looks like"
                                .formatted(trigger, name, edited)
                            + " an edit of the portal",
                        ""))
            .toList();
  }
}
