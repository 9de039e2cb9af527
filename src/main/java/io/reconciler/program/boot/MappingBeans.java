package io.reconciler.program.boot;

import io.reconciler.side.mapping.MappingSet;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The beans that follow from the mappings. They are made once it is known which beans there are to
 * be, and the database is waited for only then: a good part of a start goes without it.
 */
final class MappingBeans implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  private final MappingSet mappings;
  private final Preparation database;
  private @Nullable RuntimeException failure;

  /** Over a database that is ready. */
  MappingBeans(MappingSet mappings) {
    this(mappings, Preparation.none());
  }

  /** Over one that is made ready from when Spring has set logging up: before, lines get lost. */
  MappingBeans(MappingSet mappings, Preparation database) {
    this.mappings = mappings;
    this.database = database;
  }

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    database.begin();
    context.addBeanFactoryPostProcessor(this::register);
  }

  /** What the database failed with, or else what Spring abandoned the start with. */
  RuntimeException failure(SpringApplication.AbandonedRunException abandoned) {
    return failure == null ? abandoned : failure;
  }

  private void register(ConfigurableListableBeanFactory beans) {
    awaitDatabase();
    beans.registerSingleton("mappings", mappings);
    TableStatements statements = new TableStatements(mappings, beans);
    beans.registerSingleton("tableStatements", statements);
    mappings.inOrder().forEach(statements::of);
  }

  // An abandoned start is the only one of which Spring does not tell in the log.
  private void awaitDatabase() {
    try {
      database.await();
    } catch (RuntimeException e) {
      failure = e;
      throw new SpringApplication.AbandonedRunException();
    }
  }
}
