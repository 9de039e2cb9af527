package io.reconciler.program.init;

import io.reconciler.side.airtable.TableSchema;
import io.reconciler.side.mapping.Mapping;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be planned.
 *
 * @param baseId the base
 * @param portal the ids of the fields that the portal is to own
 * @param builtIn the mapping that comes with the program
 * @param kept the mappings whose files are there already
 * @param keptTables the tables of PostgreSQL that are for something else
 * @param named the ids of the tables that were asked for by name
 */
public record InitRequest(
    String baseId,
    Set<String> portal,
    Mapping builtIn,
    List<Mapping> kept,
    Set<String> keptTables,
    Set<String> named) {

  public InitRequest {
    portal = Set.copyOf(portal);
    kept = List.copyOf(kept);
    keptTables = Set.copyOf(keptTables);
    named = Set.copyOf(named);
  }

  Optional<Mapping> keptMapping(TableSchema source) {
    return kept.stream().filter(mapping -> isFor(mapping, source)).findFirst();
  }

  boolean isBuiltIn(TableSchema source) {
    return isFor(builtIn, source);
  }

  private static boolean isFor(Mapping mapping, TableSchema source) {
    return mapping.table().equals(source.id()) || mapping.table().equals(source.name());
  }
}
