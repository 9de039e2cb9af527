package io.reconciler.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reconciler.sandbox.SandboxClient.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest extends SandboxTestBase {

  private static final String BODY = "{\"records\":[]}";

  @ParameterizedTest
  @ValueSource(strings = {"", "patWrong"})
  void without_a_known_token_nothing_is_told(String token) throws Exception {
    Answer answer = new SandboxClient(sandbox, token).get(TABLE);

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.text())
        .isEqualTo(
            "{\"error\":{\"type\":\"AUTHENTICATION_REQUIRED\",\"message\":\"Authentication"
                + " required\"}}");
  }

  @Test
  void any_token_will_do_when_none_is_named() throws Exception {
    try (Sandbox open = Sandbox.start(SandboxOptions.defaults())) {
      assertThat(new SandboxClient(open, "patAny").get("/meta/whoami").status()).isEqualTo(200);
      assertThat(new SandboxClient(open, "").get("/meta/whoami").status()).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/appUnknown0000001/Leads", "/appSandbox0000001/Nope"})
  void an_unknown_base_or_table_looks_like_a_lack_of_permission(String path) throws Exception {
    Answer answer = client.get(path);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.errorType()).isEqualTo("INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /appSandbox0000001",
    "GET, /base/Leads",
    "GET, /appSandbox0000001/Leads/rec1",
    "GET, /appSandbox0000001/Leads/recUnknown0000001/more",
    "GET, /appSandbox0000001/Leads/listRecords",
    "GET, /meta/nothing",
    "PATCH, /meta/bases"
  })
  void a_path_that_leads_nowhere_is_not_found(String method, String path) throws Exception {
    Answer answer = client.send(method, path, BODY);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text()).isEqualTo("{\"error\":\"NOT_FOUND\"}");
  }

  @Test
  void a_table_is_found_by_id_and_by_an_encoded_name() throws Exception {
    base.addTable("A+B / c", List.of());

    assertThat(client.get("/" + BASE + "/" + table.id()).status()).isEqualTo(200);
    assertThat(client.get("/" + BASE + "/A+B%20%2F%20c").status()).isEqualTo(200);
  }

  @Test
  void a_token_can_lose_a_base_and_get_it_back() throws Exception {
    base.revoke("patGood");
    int without = client.get(TABLE).status();
    int other = new SandboxClient(sandbox, "patOther").get(TABLE).status();
    base.grant("patGood");

    assertThat(without).isEqualTo(403);
    assertThat(other).isEqualTo(200);
    assertThat(client.get(TABLE).status()).isEqualTo(200);
  }

  @Test
  void a_token_without_write_scope_can_only_read() throws Exception {
    sandbox.revokeScope("patGood", "data.records:write");
    String id = create(1).get(0);

    Answer answer = client.send("PATCH", TABLE + "/" + id, "{\"fields\":{\"Notes\":\"x\"}}");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.errorType()).isEqualTo("INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND");
    assertThat(client.get(TABLE).status()).isEqualTo(200);
    assertThat(client.send("POST", TABLE + "/listRecords", "{}").status()).isEqualTo(200);
    assertThat(table.cells(id)).doesNotContainKey("Notes");
  }

  @Test
  void a_scope_can_be_given_back() throws Exception {
    sandbox.revokeScope("patGood", "data.records:write");
    sandbox.grantScope("patGood", "data.records:write");

    assertThat(client.send("POST", TABLE, "{\"fields\":{}}").status()).isEqualTo(200);
  }

  @Test
  void a_read_only_user_may_not_write() throws Exception {
    base.setReadOnly(true);

    Answer answer = client.send("POST", TABLE, "{\"fields\":{}}");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.errorType()).isEqualTo("INVALID_PERMISSIONS");
    assertThat(table.size()).isZero();
  }

  @Test
  void malformed_ids_are_refused_in_java_too() {
    assertThatThrownBy(() -> sandbox.base("appShort"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("appShort");
  }
}
