package io.reconciler.engine.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.engine.run.ClientOutcome;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.world.World;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A base with a token of its own beside one with everybody's, which Airtable does not take. */
class BaseTokensTest {

  private static final String OWN = "appOwnToken000001";
  private static final String TOKEN = "patOfOneBase00001.0123456789abcdef";

  @Test
  void a_base_is_asked_with_its_own_token_and_no_other_base_is() {
    try (World world =
        World.open(
            Map.of("AIRTABLE_API_KEY_" + OWN, TOKEN),
            World.unlimited().withTokens(TOKEN),
            Map.of())) {
      world.addClient(OWN);
      SandboxTable own = world.addTable(OWN);
      String record = own.create(Map.of("First Name", "Ada"));
      world.leads().create(Map.of("First Name", "Bob"));

      List<ClientOutcome> outcomes = world.runAll(world.request(20, true));

      assertThat(outcomes)
          .filteredOn(outcome -> outcome.client().baseId().equals(OWN))
          .singleElement()
          .satisfies(outcome -> assertThat(outcome.result().success()).isTrue());
      assertThat(outcomes)
          .filteredOn(outcome -> !outcome.client().baseId().equals(OWN))
          .singleElement()
          .satisfies(
              outcome ->
                  assertThat(outcome.result().failure())
                      .contains("401")
                      .doesNotContain(TOKEN, World.TOKEN));
      assertThat(world.lead(record)).containsEntry("first_name", "Ada");
      assertThat(world.count("select count(*) from leads")).isEqualTo(1);
    }
  }
}
