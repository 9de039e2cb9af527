package io.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.program.boot.ExecutedNodes;
import java.io.IOException;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Comes last of all classes and looks back: no node of a route was never executed. Alone it has
 * nothing to look back on and fails: run the whole suite.
 */
@Isolated("Waits for the classes that run beside the others, too.")
@Order(Integer.MAX_VALUE)
class RouteCoverageTest {

  @Test
  void every_route_was_loaded() throws IOException {
    assertThat(RoutesTest.routes())
        .extracting((JsonNode route) -> route.path("id").asText())
        .allSatisfy(id -> assertThat(ExecutedNodes.routes()).contains(id));
  }

  @Test
  void every_node_of_every_route_was_executed() {
    assertThat(ExecutedNodes.missed()).isEmpty();
  }
}
