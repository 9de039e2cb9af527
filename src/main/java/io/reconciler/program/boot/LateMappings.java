package io.reconciler.program.boot;

import io.reconciler.engine.run.RunTable;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.LeadStatements;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The beans that follow from the mappings. They are asked for once it is known which beans there
 * are to be, before any is made: a good part of a start goes without them.
 */
final class LateMappings implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  private final Supplier<MappingSet> mappings;
  private final Runnable begin;
  private @Nullable RuntimeException failure;

  /** Of mappings that are known. */
  LateMappings(MappingSet mappings) {
    this.mappings = () -> mappings;
    this.begin = () -> {};
  }

  /** Of mappings that are found out from when Spring has set logging up: before, lines get lost. */
  LateMappings(Beside<MappingSet> mappings) {
    this.mappings = mappings;
    this.begin = mappings::begin;
  }

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    begin.run();
    context.addBeanFactoryPostProcessor(this::register);
  }

  /** What the mappings failed with, or else what Spring abandoned the start with. */
  RuntimeException failure(SpringApplication.AbandonedRunException abandoned) {
    return failure == null ? abandoned : failure;
  }

  private void register(ConfigurableListableBeanFactory beans) {
    MappingSet set = found();
    beans.registerSingleton("mappings", set);
    for (Mapping mapping : set.inOrder()) {
      statements(mapping.name(), new LeadStatements(mapping, set, false), beans);
      statements(
          mapping.name() + RunTable.PER_CLIENT, new LeadStatements(mapping, set, true), beans);
    }
  }

  // An abandoned start is the only one of which Spring does not tell in the log.
  private MappingSet found() {
    try {
      return mappings.get();
    } catch (RuntimeException e) {
      failure = e;
      throw new SpringApplication.AbandonedRunException();
    }
  }

  // Named statements of the routes: sql:ref:lockLeads.companies and so on.
  private static void statements(
      String ending, LeadStatements statements, ConfigurableListableBeanFactory beans) {
    statements.byName().forEach((name, sql) -> beans.registerSingleton(name + "." + ending, sql));
  }
}
