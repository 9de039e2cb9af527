package io.reconciler.program.boot;

import io.reconciler.engine.run.RunTable;
import io.reconciler.engine.run.StatementNames;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.statement.LeadStatements;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * The named statements of the routes on the mapped tables: {@code sql:ref:lockLeads.companies} and
 * so on. Those for columns of other types than the mapping has are made when a run first finds
 * these.
 */
final class TableStatements implements StatementNames {

  private final MappingSet mappings;
  private final ConfigurableListableBeanFactory beans;
  private final Map<String, String> endings = new HashMap<>();

  /** Made for these mappings, and put among these beans. */
  TableStatements(MappingSet mappings, ConfigurableListableBeanFactory beans) {
    this.mappings = mappings;
    this.beans = beans;
  }

  @Override
  public synchronized String of(Mapping mapping) {
    String types =
        mapping.fields().stream()
            .map(field -> field.type().sql())
            .collect(Collectors.joining(" ", mapping.name() + " ", ""));
    String known = endings.get(types);
    if (known != null) {
      return known;
    }
    String ending =
        endings.containsValue(mapping.name())
            ? mapping.name() + "~" + endings.size()
            : mapping.name();
    register(ending, new LeadStatements(mapping, mappings, false));
    register(ending + RunTable.PER_CLIENT, new LeadStatements(mapping, mappings, true));
    endings.put(types, ending);
    return ending;
  }

  private void register(String ending, LeadStatements statements) {
    statements.byName().forEach((name, sql) -> beans.registerSingleton(name + "." + ending, sql));
  }
}
