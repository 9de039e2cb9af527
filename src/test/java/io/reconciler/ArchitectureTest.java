package io.reconciler;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** The borders between the packages. */
class ArchitectureTest {

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .importUrl(Reconciler.class.getProtectionDomain().getCodeSource().getLocation());

  @Test
  void packages_have_no_cycles() {
    slices().matching("io.reconciler.(*)..").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void the_decision_is_plain_java() {
    classes()
        .that()
        .resideInAPackage("..merge..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify..", "io.reconciler.merge..")
        .check(MAIN);
  }

  @Test
  void the_mapping_knows_no_framework_and_no_database() {
    noClasses()
        .that()
        .resideInAPackage("..mapping..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.springframework..", "org.apache.camel..", "java.sql..", "javax.sql..")
        .check(MAIN);
  }

  @Test
  void airtables_shapes_know_no_framework_and_no_database() {
    noClasses()
        .that()
        .resideInAPackage("..airtable..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.springframework..",
            "org.apache.camel..",
            "java.sql..",
            "javax.sql..",
            "io.reconciler.store..")
        .check(MAIN);
  }

  @Test
  void the_sandbox_knows_nothing_of_the_program() {
    noClasses()
        .that()
        .resideInAPackage("..sandbox..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.reconciler..").and(not(resideInAPackage("..sandbox.."))))
        .check(MAIN);
  }

  @Test
  void dependencies_point_down() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "..airtable..",
            "..mapping..",
            "..merge..",
            "..notice..",
            "..store..",
            "..run..",
            "..settings..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.reconciler.app..",
            "io.reconciler.cli..",
            "io.reconciler.lifecycle..",
            "io.reconciler.web..",
            "io.reconciler.camel..",
            "io.reconciler.apply..",
            "io.reconciler.pull..",
            "io.reconciler.push..",
            "io.reconciler.monitor..")
        .check(MAIN);
  }

  @Test
  void nothing_needs_to_be_watched() {
    noClasses()
        .that(not(resideInAnyPackage("..monitor..", "..app..")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.reconciler.monitor..")
        .check(MAIN);
  }

  @Test
  void camel_is_glue() {
    noClasses()
        // api and web answer what comes in through the REST DSL, page through forms; monitor
        // watches the routes, and schedule makes those of the clients.
        .that(
            not(
                resideInAnyPackage(
                    "..camel..",
                    "..app..",
                    "..api..",
                    "..web..",
                    "..page..",
                    "..monitor..",
                    "..schedule..")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.camel..")
        .check(MAIN);
  }

  @Test
  void time_is_injected() {
    noClasses()
        .that(not(resideInAnyPackage("io.reconciler", "..sandbox..", "..app..")))
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Clock.class, "systemDefaultZone")
        .check(MAIN);
  }

  @Test
  void nobody_sleeps() {
    noClasses()
        .that(not(resideInAPackage("..sandbox..")))
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .check(MAIN);
  }

  @Test
  void dependencies_come_through_constructors() {
    noFields()
        .should()
        .beAnnotatedWith(Autowired.class)
        .orShould()
        .beAnnotatedWith(Value.class)
        .check(MAIN);
  }
}
