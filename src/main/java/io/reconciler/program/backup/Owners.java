package io.reconciler.program.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whose the rows of a backup are, and whose those of the database are that it is for: clients by
 * their ids, with their bases where those are known.
 *
 * @param used whether the engine has worked in the database before
 */
record Owners(Map<String, String> backup, Map<String, String> here, boolean used) {

  private static final int NAMED = 3;

  /** Whether the backup is of another database. A database without clients is new, and may be. */
  boolean areOthers() {
    return !here.isEmpty() && (backup.isEmpty() ? used : missing().size() == backup.size());
  }

  /** Both sides, for whoever has to tell them apart. */
  String bothSides() {
    return "%s, and this database has %s"
        .formatted(
            backup.isEmpty() ? "the backup holds nothing of any client" : "it has " + names(backup),
            names(here));
  }

  /** The clients of the backup that this database does not have. */
  Map<String, String> missing() {
    Map<String, String> missing = new TreeMap<>(backup);
    missing.keySet().removeAll(here.keySet());
    return missing;
  }

  /** Some of them by name, and how many more there are. */
  static String names(Map<String, String> clients) {
    List<String> names =
        clients.entrySet().stream()
            .limit(NAMED)
            .map(Owners::name)
            .collect(Collectors.toCollection(ArrayList::new));
    if (clients.size() > NAMED) {
      names.add("%,d more".formatted(clients.size() - NAMED));
    }
    String last = names.remove(names.size() - 1);
    String all = names.isEmpty() ? last : String.join(", ", names) + " and " + last;
    return (clients.size() == 1 ? "the client " : "the clients ") + all;
  }

  // Two databases may have clients of the same base: their ids are what rows go by.
  private static String name(Map.Entry<String, String> client) {
    return client.getValue().isEmpty()
        ? client.getKey()
        : client.getValue() + " (" + client.getKey() + ")";
  }
}
