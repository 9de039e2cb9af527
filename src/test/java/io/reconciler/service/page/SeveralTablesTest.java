package io.reconciler.service.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.reconciler.program.boot.TestService;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.service.user.Role;
import io.reconciler.service.user.UserTable;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.world.ServiceWorld;
import io.reconciler.world.TablesWorld;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The pages know every table, and say of each what is its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeveralTablesTest {

  private static final String SHOPS =
      """
      table: Shops
      last_modified_field: Changed
      postgres: {table: shops, client: client_id, created_at: created_at, updated_at: updated_at}
      fields:
        - {column: name, type: text, airtable_field: Name, conversion: text, owner: airtable}
        - {column: turnover, type: "numeric(9,2)", airtable_field: Turnover, conversion: number, owner: airtable}
      """;
  private static final String CLERKS =
      """
      table: Clerks
      last_modified_field: Changed
      postgres: {table: clerks, client: client_id, created_at: created_at, updated_at: updated_at}
      fields:
        - {column: name, type: text, airtable_field: Called, conversion: text, owner: airtable}
        - {column: shop_id, type: bigint, airtable_field: Works at, conversion: link, to: shops, owner: airtable}
        - {column: wage, type: "numeric(5,2)", airtable_field: Wage, conversion: number, owner: airtable}
      """;
  private static final String ROWS =
      "id bigint generated always as identity primary key, client_id uuid not null, airtable_record_id text,"
          + " created_at timestamptz, updated_at timestamptz not null default now(), name text,"
          + " unique (client_id, airtable_record_id)";
  private static final String DDL =
      "create table shops (%1$s, turnover numeric(9,2)); create table clerks (%1$s, shop_id bigint, wage numeric(5,2))"
          .formatted(ROWS);
  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");
  private static final String EMAIL = "ann@example.com";

  private final HttpClient http =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();
  private TablesWorld world;
  private TestService service;
  private String clerk;
  private String late;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    SandboxField name = SandboxField.of("Name", "singleLineText");
    world =
        TablesWorld.open(
            folder,
            Map.of("shops", SHOPS, "clerks", CLERKS),
            DDL,
            Map.of(
                "Shops",
                List.of(
                    name,
                    SandboxField.of("Turnover", "number"),
                    SandboxField.lastModified("Changed")),
                "Clerks",
                List.of(
                    name.withName("Called"),
                    SandboxField.of("Wage", "number"),
                    SandboxField.lastModified("Changed"))));
    SandboxTable shops = world.base().table("Shops");
    SandboxTable clerks = world.base().table("Clerks");
    clerks.addLink("Works at", shops, true, "Clerks");
    String shop = shops.create(Map.of("Name", "Corner", "Turnover", 1234567.5));
    clerk = clerks.create(Map.of("Called", "Ada", "Works at", List.of(shop), "Wage", 12.5));
    clerks.create(Map.of("Called", "Bob", "Wage", 1_000_000));
    world.sync(true);
    late = clerks.create(Map.of("Called", "Eve"));
    service =
        TestService.start(
            world.settings(), world.mappings(), world.database(), Clock.systemUTC(), Map.of());
    new UserTable(world.jdbc()).add(EMAIL, ServiceWorld.passwordHash(), Role.SUPER_ADMIN, null);
    signIn();
  }

  @AfterAll
  void close() {
    service.close();
    world.close();
  }

  private void signIn() throws Exception {
    Matcher token = TOKEN.matcher(get("/login"));
    assertThat(token.find()).isTrue();
    String form =
        "_csrf=%s&email=%s&password=%s"
            .formatted(encoded(token.group(1)), EMAIL, encoded(ServiceWorld.PASSWORD));
    http.send(
        HttpRequest.newBuilder(uri("/login"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build(),
        BodyHandlers.ofString());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + service.port() + path);
  }

  private String get(String path) throws Exception {
    return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString()).body();
  }

  @Test
  void a_link_is_the_same_on_both_sides_and_numbers_are_grouped() throws Exception {
    String record = get("/records/clerks/" + clerk + "/sides");
    assertThat(record).contains("Both sides hold the same.").doesNotContain("differs");
    assertThat(get("/records?q=corner")).contains("Shops", "Corner");
    String shop =
        world.jdbc().sql("select airtable_record_id from shops").query(String.class).single();
    assertThat(get("/records/shops/" + shop + "/sides"))
        .containsPattern("1,234,567\\.5<(?s:.)*1,234,567\\.5<")
        .contains("Both sides hold the same.");
  }

  @Test
  void linked_records_are_called_by_their_names() throws Exception {
    SandboxTable shops = world.base().table("Shops");
    String corner =
        world
            .jdbc()
            .sql("select airtable_record_id from shops order by id limit 1")
            .query(String.class)
            .single();
    assertThat(get("/records/clerks/" + clerk + "/sides"))
        .containsPattern(">Corner<(?s:.)*>Corner<")
        .doesNotContain(corner);
    String mall = shops.create(Map.of("Name", "Mall"));
    String other = world.base().table("Clerks").create(Map.of("Called", "Kit"));
    world.sync(false);
    world.base().table("Clerks").update(other, Map.of("Works at", List.of(mall)));
    world.sync(false);
    assertThat(get("/records/clerks/" + other)).contains(">Mall<").doesNotContain(mall);
    // Two of one name are two, and what nobody knows keeps its id.
    String twin = shops.create(Map.of("Name", "Mall"));
    world.sync(false);
    Mapping mapping = world.mappings().named("clerks").orElseThrow();
    JsonNode links =
        JsonNodeFactory.instance.arrayNode().add(mall).add(twin).add(corner).add("recNobody");
    assertThat(
            new LinkReader(world.mappings(), new RowReader(world.jdbc()))
                .with(names -> names.in(Fields.of(mapping, "shop_id"), TablesWorld.BASE, links))
                .toString())
        .isEqualTo("[\"Mall (%s)\",\"Mall (%s)\",\"Corner\",\"recNobody\"]".formatted(mall, twin));
  }

  @Test
  void the_tables_say_how_many_records_airtable_had() throws Exception {
    assertThat(get("/tables"))
        .contains("2 records</span> in Airtable", "1 record</span> in Airtable");
  }

  @Test
  void a_dead_letter_names_the_field_of_its_own_table() throws Exception {
    String letters = get("/dead-letters");
    assertThat(letters).contains("<strong>Wage</strong>", " of clerks", "Correct Wage in Airtable");
    assertThat(letters).contains("name=\"table\" value=\"clerks\"");
    assertThat(get("/dead-letters?table=shops")).contains("Nothing here.");
    assertThat(get("/dead-letters/groups?table=clerks"))
        .contains("<strong>Wage</strong>", "hx-swap-oob", "Retry these 1")
        .doesNotContain("Sign out");
    assertThat(get("/dead-letters/groups?table=shops")).doesNotContain("Wage", "Retry these");
  }

  @Test
  void every_table_is_in_the_overview_the_filters_and_the_tables() throws Exception {
    for (String path :
        List.of("/", "/runs", "/conflicts", "/dead-letters", "/records", "/tables")) {
      assertThat(get(path)).as(path).contains("Shops", "Clerks");
    }
  }

  @Test
  void a_record_that_only_airtable_has_is_shown_where_its_client_is_named() throws Exception {
    String path = "/records/clerks/" + late;
    String client = "?client=" + TablesWorld.BASE;
    assertThat(get(path)).contains("there is nothing at this path");
    assertThat(get(path + client)).contains("It is not in PostgreSQL.");
    assertThat(get(path + "/sides" + client))
        .contains("Airtable has it, PostgreSQL does not", "Eve");
    assertThat(get("/records/clerks/recNone00000000000/sides" + client))
        .contains("Neither side has this record.");
  }
}
