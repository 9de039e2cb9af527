package io.reconciler.engine.apply.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRowsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "\"quoted\" and \\ and /",
        "line\nline\r\n\ttab\b\f\u0000\u001f\u007f\u0080\u2028",
        "Zo\u00eb \u4e2d\u6587 \ud83d\ude00 end"
      })
  void everyTextComesBackAsItIs(String text) throws IOException {
    assertThat(row(text, null).path("a").textValue()).isEqualTo(text);
    assertThat(row(null, JSON.createObjectNode().put(text, text)).path("b").path(text).textValue())
        .isEqualTo(text);
  }

  @Test
  void halfOfAPairIsNoReasonToFail() throws IOException {
    assertThat(row("a\ud800b", null).path("a").textValue()).isEqualTo("a?b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "-9223372036854775808",
        "true",
        "1.5e300",
        "[]",
        "[1, \"two\", null, [false], {}]",
        "{\"deep\": {\"null\": null, \"list\": [{\"a\": 1}, {\"b\": 2}]}, \"text\": \"\\u0001\"}"
      })
  void everyJsonComesBackAsItIs(String text) throws IOException {
    JsonNode value = JSON.readTree(text);
    assertThat(row(null, value).path("b")).isEqualTo(value);
  }

  @Test
  void numbersKeepTheirDigits() throws IOException {
    assertThat(text(new DecimalNode(new BigDecimal("1.100")))).contains("1.100");
    assertThat(text(new DecimalNode(new BigDecimal("12345678901234567890.12345"))))
        .contains("12345678901234567890.12345");
    // What JSON has no number for is a text, as PostgreSQL reads it.
    assertThat(text(DoubleNode.valueOf(Double.NaN))).contains("\"NaN\"");
  }

  @Test
  void whatIsNullIsLeftOut() throws IOException {
    assertThat(row(null, NullNode.getInstance())).isEqualTo(JSON.readTree("{}"));
    assertThat(row(null, MissingNode.getInstance())).isEqualTo(JSON.readTree("{}"));
  }

  @Test
  void rowsStandOneAfterTheOther() throws IOException {
    assertThat(JSON.readTree(JsonRows.of(rows -> {}))).isEqualTo(JSON.readTree("[]"));
    byte[] many =
        JsonRows.of(
            rows -> {
              for (int i = 0; i < 3000; i++) {
                rows.begin();
                rows.put("number", JsonNodeFactory.instance.numberNode(i));
                rows.put("odd", i % 2 == 1);
                rows.end();
              }
            });
    JsonNode read = JSON.readTree(many);
    assertThat(read).hasSize(3000);
    assertThat(read.get(2999)).isEqualTo(JSON.readTree("{\"number\": 2999, \"odd\": true}"));
  }

  private static String text(JsonNode value) {
    return new String(
        JsonRows.of(
            rows -> {
              rows.begin();
              rows.put("b", value);
              rows.end();
            }),
        StandardCharsets.UTF_8);
  }

  private static JsonNode row(@Nullable String a, @Nullable JsonNode b)
      throws IOException, JsonProcessingException {
    return JSON.readTree(
            JsonRows.of(
                rows -> {
                  rows.begin();
                  rows.put("a", a);
                  rows.put("b", b);
                  rows.end();
                }))
        .get(0);
  }
}
