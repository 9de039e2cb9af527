package io.reconciler.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretTest {

  @Test
  void a_secret_shows_itself_only_when_revealed() {
    Secret secret = new Secret("s3cret");
    assertThat(secret).hasToString("***");
    assertThat(secret.reveal()).isEqualTo("s3cret");
  }

  @Test
  void secrets_are_equal_by_value() {
    assertThat(new Secret("a")).isEqualTo(new Secret("a")).hasSameHashCodeAs(new Secret("a"));
    assertThat(new Secret("a")).isNotEqualTo(new Secret("b"));
  }
}
