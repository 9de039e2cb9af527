package io.reconciler.side.postgres.rules;

import io.reconciler.side.postgres.rules.Catalog.Access;
import io.reconciler.side.postgres.rules.TableShape.Policy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Says which rows row level security keeps from this user. */
final class PolicyRules {

  private static final String SELECT = "select";
  private static final Map<String, String> LETTERS = letters();

  private PolicyRules() {}

  /** Rows are read, added and changed: none of that without a policy that allows it. */
  static List<SchemaProblem> table(TableShape table, String name, Access access) {
    if (!table.rowSecurity()) {
      return List.of();
    }
    List<String> denied = denied(table);
    if (!denied.isEmpty()) {
      return List.of(
          SchemaProblem.fatal(denied(denied, name, access), policy(table.place(), access)));
    }
    return LETTERS.keySet().stream().allMatch(command -> isOpen(table, command))
        ? List.of()
        : List.of(partly(name, access));
  }

  /** Whether a row may be there that this user does not see. */
  static boolean mayHide(TableShape table) {
    return table.rowSecurity() && !isOpen(table, SELECT);
  }

  /** A run only reads {@code clients}; what adds a client writes it too. */
  static List<SchemaProblem> clients(TableShape clients, Access access) {
    return table(clients, "clients", access).stream()
        .map(problem -> denied(clients).contains(SELECT) ? problem : problem.asWarning())
        .toList();
  }

  /** The service reads {@code users}; runs need none of it. */
  static List<SchemaProblem> users(TableShape users, String place, Access access) {
    return table(users, place, access).stream().map(SchemaProblem::asWarning).toList();
  }

  private static SchemaProblem partly(String name, Access access) {
    return SchemaProblem.warning(
        "row security is on for %s, and its policies may hide rows from %s or refuse what it writes: such"
                .formatted(name, access.username())
            + " rows are not reconciled, and their records go to the dead letters",
        "");
  }

  private static String denied(List<String> denied, String name, Access access) {
    return "row security is on for %s, and no policy lets %s %s: %s"
        .formatted(
            name,
            access.username(),
            String.join(", ", denied),
            denied.contains(SELECT) ? "it sees no row" : "it sees rows that it can't write");
  }

  private static String policy(String place, Access access) {
    return "create policy reconciler on %s to %s using (true) with check (true)"
        .formatted(place, access.username());
  }

  private static List<String> denied(TableShape table) {
    List<String> denied = new ArrayList<>();
    for (String command : LETTERS.keySet()) {
      if (about(table, command).stream().noneMatch(Policy::permissive)) {
        denied.add(command);
      }
    }
    return denied;
  }

  private static boolean isOpen(TableShape table, String command) {
    Predicate<Policy> passes =
        switch (command) {
          case SELECT -> Policy::showsAll;
          case "insert" -> Policy::takesAll;
          default -> policy -> policy.showsAll() && policy.takesAll();
        };
    List<Policy> policies = about(table, command);
    return policies.stream().anyMatch(policy -> policy.permissive() && passes.test(policy))
        && policies.stream().allMatch(policy -> policy.permissive() || passes.test(policy));
  }

  private static List<Policy> about(TableShape table, String command) {
    return table.policies().stream()
        .filter(policy -> List.of("*", LETTERS.get(command)).contains(policy.command()))
        .toList();
  }

  private static Map<String, String> letters() {
    Map<String, String> letters = new LinkedHashMap<>();
    letters.put(SELECT, "r");
    letters.put("insert", "a");
    letters.put("update", "w");
    return letters;
  }
}
