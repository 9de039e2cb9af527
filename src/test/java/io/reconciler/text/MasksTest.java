package io.reconciler.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets are masked wherever they stand, and what is none is left alone. */
class MasksTest {

  @Test
  void a_known_secret_is_masked_in_every_spelling() {
    Masks.add("p@ss \"word\"\\1");
    Masks.add("https://hooks.example.com/services/T0AAAAAA/B0s3cretHookAbc");

    assertThat(Masks.hide("x p@ss \"word\"\\1 y")).isEqualTo("x *** y");
    assertThat(Masks.hide("a=p%40ss+%22word%22%5C1&b")).isEqualTo("a=***&b");
    assertThat(Masks.hide("a=p%40ss%20%22word%22%5C1&b")).isEqualTo("a=***&b");
    assertThat(Masks.hide("{\"a\":\"p@ss \\\"word\\\"\\\\1\"}")).isEqualTo("{\"a\":\"***\"}");
    assertThat(Masks.hide("POST /services/T0AAAAAA/B0s3cretHookAbc HTTP/1.1"))
        .isEqualTo("POST *** HTTP/1.1");
    assertThat(Masks.hide("to B0s3cretHookAbc")).isEqualTo("to ***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http-outgoing-0 >> Authorization: Bearer @SECRET@1234567890",
        "http-outgoing-0 >> \"Authorization: Basic @SECRET@[\\r][\\n]\"",
        "headers={Authorization=Bearer @SECRET@, Host=x}",
        "authorization:\"Bearer @SECRET@\"",
        "{\"email\":\"ann@example.com\",\"password\":\"@SECRET@\\\"@SECRET@\"}",
        "email=ann%40example.com&password=@SECRET@&x=1",
        "jdbc:postgresql://db/leads?user=x&sslpassword=@SECRET@&ssl=true",
        "postgres://joe:@SECRET@@db:5432/leads",
        "Cookie: JSESSIONID=@SECRET@; other=@SECRET@",
        "Set-Cookie: JSESSIONID=@SECRET@; Path=/"
      })
  void what_has_the_form_of_a_secret_is_masked(String text) {
    String secret = "s3cret" + "Value";

    assertThat(Masks.hide(text.replace("@SECRET@", secret))).doesNotContain(secret).contains("***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcDEF123",
        "patAAAAAAAAAAAAAA.0123456789abcdef0123456789abcdef",
        "$2a$10$abcdefghijklmnopqrstuvabcdefghijklmnopqrstuvabcdefghi12"
      })
  void tokens_and_hashes_are_masked(String secret) {
    assertThat(Masks.hide("it is " + secret + ".")).doesNotContain(secret.substring(0, 12));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check AIRTABLE_API_KEY (a personal access token, starting with pat)",
        "run 4a37a674 of appTest: failed in 63 ms; 5 requests",
        "PostgreSQL: FATAL: password authentication failed for user \"joe\"",
        "RECONCILER_JWT_SECRET is missing: tokens are signed with a secret of this start",
        "http://127.0.0.1:8080/api/openapi.json",
        "jdbc:postgresql://127.0.0.1:5432/leads as joe@example.com"
      })
  void other_texts_stay_as_they_are(String text) {
    assertThat(Masks.hide(text)).isEqualTo(text);
  }
}
