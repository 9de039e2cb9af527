package io.reconciler.sandbox.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reconciler.sandbox.Sandbox;
import io.reconciler.sandbox.SandboxOptions;
import io.reconciler.sandbox.table.SandboxBase;
import io.reconciler.sandbox.table.SandboxTable;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SampleBaseTest {

  private static final Instant NOW = Instant.parse("2026-03-04T12:00:00Z");

  private static Sandbox sandbox() {
    return Sandbox.start(SandboxOptions.defaults());
  }

  private static SandboxBase filled(Sandbox sandbox, SampleBase.Size size) {
    SandboxBase base = sandbox.base("appSandbox0000001");
    SampleBase.fill(base, size, 7, NOW);
    return base;
  }

  @Test
  void a_base_has_as_many_tables_and_fields_as_asked_for_of_every_type() {
    try (Sandbox sandbox = sandbox()) {
      SandboxBase base = filled(sandbox, new SampleBase.Size(20, 450, 3));
      Set<String> types = new HashSet<>();
      base.tables().forEach(table -> table.fields().forEach(field -> types.add(field.type())));

      assertThat(base.tables()).hasSize(20);
      assertThat(base.tables().stream().mapToInt(table -> table.fields().size()).sum())
          .isEqualTo(450);
      assertThat(types).hasSize(33);
      assertThat(base.tables()).allSatisfy(table -> assertThat(table.size()).isEqualTo(3));
    }
  }

  @Test
  void the_same_seed_gives_the_same_base() {
    try (Sandbox one = sandbox();
        Sandbox other = sandbox()) {
      SandboxTable first = filled(one, new SampleBase.Size(3, 60, 5)).tables().get(1);
      SandboxTable second = filled(other, new SampleBase.Size(3, 60, 5)).tables().get(1);

      assertThat(first.ids()).isEqualTo(second.ids());
      assertThat(first.cells(first.ids().get(2))).isEqualTo(second.cells(second.ids().get(2)));
    }
  }

  @Test
  void a_size_that_can_not_be_is_refused() {
    assertThatThrownBy(() -> new SampleBase.Size(21, 450, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SampleBase.Size(20, 200, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
