package io.reconciler.engine.apply.plan;

import io.reconciler.scenario.Case;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every state that one field group can be in, as far as its decision can tell: few values, so that
 * sides that hold the same, or what they once held, occur in each combination.
 */
final class SmallStates {

  private static final Object ABSENT = new Object();
  private static final Object BAD = Map.of("unconvertible", "bad");
  private static final List<String> USERS =
      List.of("11111111-2222-3333-4444-555555555555", "99999999-8888-7777-6666-555555555555");

  private SmallStates() {}

  static Stream<PlannerScenario> all() {
    return Stream.concat(
        of("notes", Arrays.asList(null, "a", "a\nb", "c")),
        of("claimed_by", Arrays.asList(null, USERS.get(0), USERS.get(1))));
  }

  private static Stream<PlannerScenario> of(String column, List<@Nullable Object> values) {
    List<PlannerScenario> states = new ArrayList<>();
    for (Object record : with(values, BAD)) {
      for (Object lead : with(values, ABSENT)) {
        for (Object agreed : with(values, ABSENT)) {
          for (Object intent : with(values, ABSENT)) {
            for (int updated : List.of(60, 100, 150)) {
              if (intent == ABSENT || agreed != ABSENT) {
                states.add(state(column, record, lead, agreed, intent, updated));
              }
            }
          }
        }
      }
    }
    return states.stream();
  }

  private static List<@Nullable Object> with(List<@Nullable Object> values, Object another) {
    List<@Nullable Object> all = new ArrayList<>(values);
    all.add(another);
    return all;
  }

  private static PlannerScenario state(
      String column,
      @Nullable Object record,
      @Nullable Object lead,
      @Nullable Object agreed,
      @Nullable Object intent,
      int updated) {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    put(entries, "record", column, record, "modified", 100);
    put(entries, "lead", column, lead, "updated", updated);
    put(entries, "agreed", column, agreed, "modified", 50);
    put(entries, "intent", column, intent, column, intent);
    return new PlannerScenario("recPlanner0000001", new Case(entries.toString(), entries));
  }

  private static void put(
      Map<String, @Nullable Object> entries,
      String part,
      String column,
      @Nullable Object value,
      String also,
      @Nullable Object that) {
    if (value != ABSENT) {
      Map<String, @Nullable Object> columns = new LinkedHashMap<>();
      columns.put(also, that);
      columns.put(column, value);
      entries.put(part, columns);
    }
  }
}
