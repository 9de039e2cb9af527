package io.reconciler.engine.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RandomKeysTest {

  @Test
  void keysAreRandomUuidsAndNeverTheSame() {
    Set<UUID> seen = new HashSet<>();
    for (int page = 0; page < 20; page++) {
      RandomKeys keys = new RandomKeys(100);
      for (int i = 0; i < 100; i++) {
        UUID key = keys.next();
        assertThat(key.version()).isEqualTo(4);
        assertThat(key.variant()).isEqualTo(2);
        assertThat(seen.add(key)).isTrue();
      }
    }
  }
}
