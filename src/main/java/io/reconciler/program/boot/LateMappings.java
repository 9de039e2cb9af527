package io.reconciler.program.boot;

import io.reconciler.side.mapping.MappingSet;
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
    TableStatements statements = new TableStatements(set, beans);
    beans.registerSingleton("tableStatements", statements);
    set.inOrder().forEach(statements::of);
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
}
