package io.reconciler.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DecideScenariosTest {

  static Stream<Scenario> scenarios() {
    return Scenario.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenarios")
  void a_scenario_is_decided_as_written(Scenario scenario) {
    assertThat(scenario.decided()).isEqualTo(scenario.expected());
  }

  @Test
  void every_kind_winner_policy_and_granularity_occurs() {
    List<Scenario> all = Scenario.all().toList();

    assertThat(all)
        .extracting(scenario -> scenario.expected().kind())
        .contains(Decision.Kind.values());
    assertThat(all).extracting(scenario -> scenario.expected().winner()).contains(Winner.values());
    assertThat(all)
        .extracting(scenario -> scenario.state().policy())
        .contains(ConflictPolicy.values());
    assertThat(all).extracting(Scenario::granularity).contains(Granularity.values());
  }

  @Test
  void every_scenario_has_its_own_name() {
    assertThat(Scenario.all().map(Scenario::name)).doesNotHaveDuplicates();
  }
}
