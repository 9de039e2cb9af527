package io.reconciler;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.Architectures;
import io.reconciler.world.SideBySide;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/**
 * The plan of the house: the program and the service stand on the engine, the engine on the two
 * sides, everything on the decision, which knows nobody; and nobody but the program knows the
 * sandbox.
 */
@SideBySide(SideBySide.Lane.PLAYS)
class ArchitectureTest {

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .importUrl(Reconciler.class.getProtectionDomain().getCodeSource().getLocation());

  @Test
  void the_wings_stand_on_each_other_in_one_direction() {
    Architectures.layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .ensureAllClassesAreContainedInArchitectureIgnoring("io.reconciler")
        .layer("program")
        .definedBy("io.reconciler.program..")
        .layer("cli")
        .definedBy("io.reconciler.cli..")
        .layer("service")
        .definedBy("io.reconciler.service..")
        .layer("engine")
        .definedBy("io.reconciler.engine..")
        .layer("side")
        .definedBy("io.reconciler.side..")
        .layer("settings")
        .definedBy("io.reconciler.settings..")
        .layer("decide")
        .definedBy("io.reconciler.decide..")
        .layer("text")
        .definedBy("io.reconciler.text..")
        .layer("sandbox")
        .definedBy("io.reconciler.sandbox..")
        .whereLayer("program")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("cli")
        .mayOnlyBeAccessedByLayers("program")
        .whereLayer("service")
        .mayOnlyBeAccessedByLayers("program")
        .whereLayer("engine")
        .mayOnlyBeAccessedByLayers("program", "cli", "service")
        .whereLayer("side")
        .mayOnlyBeAccessedByLayers("program", "cli", "service", "engine")
        .whereLayer("settings")
        .mayOnlyBeAccessedByLayers("program", "cli", "service", "engine", "side")
        .whereLayer("decide")
        .mayOnlyBeAccessedByLayers("program", "cli", "service", "engine", "side", "settings")
        .whereLayer("sandbox")
        .mayOnlyBeAccessedByLayers("program")
        .check(MAIN);
  }

  @Test
  void the_rooms_of_the_engine_stand_on_each_other_in_one_direction() {
    Architectures.layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .ensureAllClassesAreContainedInArchitecture()
        .layer("door")
        .definedBy("..engine.door..")
        .layer("what people ask for")
        .definedBy("..engine.repair..", "..engine.verify..", "..engine.check..")
        .layer("stages")
        .definedBy("..engine.pull..", "..engine.push..")
        .layer("apply")
        .definedBy("..engine.apply", "..engine.apply.link..", "..engine.apply.unique..")
        .layer("plan")
        .definedBy("..engine.apply.plan..")
        .layer("what a run may do")
        .definedBy("..engine.guard..", "..engine.window..", "..engine.budget..")
        .layer("run")
        .definedBy("..engine.run..")
        .layer("what a run stands on")
        .definedBy(
            "..engine.lock..",
            "..engine.process..",
            "..engine.failure..",
            "..engine.dryrun..",
            "..engine.field..")
        .whereLayer("door")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("what people ask for")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("stages")
        .mayOnlyBeAccessedByLayers("what people ask for", "door")
        .whereLayer("apply")
        .mayOnlyBeAccessedByLayers("stages", "what people ask for", "door")
        .whereLayer("plan")
        .mayOnlyBeAccessedByLayers("apply", "stages", "what people ask for", "door")
        .whereLayer("what a run may do")
        .mayOnlyBeAccessedByLayers("stages", "what people ask for")
        .whereLayer("what a run stands on")
        .mayNotAccessAnyLayer()
        .check(MAIN.that(resideInAPackage("..engine..")));
  }

  @Test
  void what_is_planned_or_generated_asks_nobody() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "..engine.apply.plan..", "..engine.window..", "..side.postgres.statement..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.springframework..", "org.apache.camel..", "java.sql..", "javax.sql..")
        .check(MAIN);
  }

  @Test
  void the_sandbox_stands_on_its_tables() {
    Architectures.layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .ensureAllClassesAreContainedInArchitecture()
        .layer("server")
        .definedBy("io.reconciler.sandbox")
        .layer("samples")
        .definedBy("..sandbox.samples..")
        .layer("table")
        .definedBy("..sandbox.table..")
        .layer("formula")
        .definedBy("..sandbox.formula..")
        .layer("http")
        .definedBy("..sandbox.http..")
        .whereLayer("server")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("samples")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("table")
        .mayOnlyBeAccessedByLayers("server", "samples")
        .whereLayer("formula")
        .mayOnlyBeAccessedByLayers("server", "table")
        .whereLayer("http")
        .mayOnlyBeAccessedByLayers("server")
        .check(MAIN.that(resideInAPackage("..sandbox..")));
  }

  @Test
  void packages_have_no_cycles() {
    slices().matching("io.reconciler.(**)").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void the_decision_is_plain_java() {
    classes()
        .that()
        .resideInAPackage("..decide..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify..", "io.reconciler.decide..")
        .check(MAIN);
  }

  @Test
  void the_mapping_knows_no_framework_and_no_database() {
    noClasses()
        .that()
        .resideInAPackage("..side.mapping..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.springframework..", "org.apache.camel..", "java.sql..", "javax.sql..")
        .check(MAIN);
  }

  @Test
  void each_side_knows_itself() {
    noClasses()
        .that()
        .resideInAPackage("..side.airtable..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.springframework..",
            "org.apache.camel..",
            "java.sql..",
            "javax.sql..",
            "..side.postgres..")
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
  void nothing_needs_to_be_watched() {
    noClasses()
        .that(not(resideInAnyPackage("..monitor..", "..program..")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..service.monitor..")
        .check(MAIN);
  }

  @Test
  void camel_is_glue() {
    noClasses()
        // api, web and page answer what comes in through the REST DSL and the pages' forms; monitor
        // watches the routes, notice sends by them, and schedule makes those of the clients.
        .that(
            not(
                resideInAnyPackage(
                    "..engine.door..",
                    "..program..",
                    "..api..",
                    "..web..",
                    "..page..",
                    "..monitor..",
                    "..notice..",
                    "..schedule..")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.camel..")
        .check(MAIN);
  }

  @Test
  void time_is_injected() {
    noClasses()
        .that(not(resideInAnyPackage("io.reconciler", "..sandbox..", "..program..")))
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
  void what_a_route_asks_has_one_answer() {
    // To Camel isX, getX and x are one name; which of two it finds hangs on the order of methods.
    for (JavaClass type : MAIN.that(resideInAPackage("..engine.."))) {
      Set<JavaMethod> methods =
          type.getMethods().stream()
              .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
              .collect(Collectors.toSet());
      Set<String> names = methods.stream().map(JavaMethod::getName).collect(Collectors.toSet());
      assertThat(methods)
          .as(type.getName())
          .filteredOn(method -> method.getParameters().isEmpty())
          .noneMatch(method -> names.contains(shortName(method.getName())));
    }
  }

  private static String shortName(String getter) {
    String bare = getter.replaceFirst("^(is|get)(?=[A-Z])", "");
    return bare.equals(getter)
        ? ""
        : bare.substring(0, 1).toLowerCase(Locale.ROOT) + bare.substring(1);
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
