package io.reconciler.portal;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.store.Rows;
import io.reconciler.store.SqlFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The statements of the portal on {@code leads}; each is atomic and bound to what its user sees.
 */
final class LeadTable {

  private static final String LIST = SqlFile.read("list-leads");
  private static final String READ = SqlFile.read("read-lead");
  private static final String CLAIM = SqlFile.read("claim-lead");
  private static final String UNCLAIM = SqlFile.read("unclaim-lead");
  private static final String ADD_NOTE = SqlFile.read("add-note");

  private final JdbcClient jdbc;

  LeadTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<JsonNode> list(Sight sight, UUID after, int limit) {
    if (sight.nothing()) {
      return List.of();
    }
    return rows(LIST, sight, Map.of("after", after, "limit", limit));
  }

  Optional<JsonNode> read(Sight sight, UUID id) {
    return rows(READ, sight, Map.of("id", id)).stream().findFirst();
  }

  Optional<Held> claim(Sight sight, UUID id) {
    return held(CLAIM, sight, Map.of("id", id, "user", sight.user()));
  }

  Optional<Held> unclaim(Sight sight, UUID id) {
    return held(
        UNCLAIM, sight, Map.of("id", id, "user", sight.user(), "anybodys", sight.anybodys()));
  }

  Optional<JsonNode> addNote(Sight sight, UUID id, String entry) {
    return rows(ADD_NOTE, sight, Map.of("id", id, "entry", entry)).stream().findFirst();
  }

  private List<JsonNode> rows(String sql, Sight sight, Map<String, Object> more) {
    return jdbc.sql(sql).params(parameters(sight, more)).query(String.class).list().stream()
        .map(Rows::parse)
        .toList();
  }

  private Optional<Held> held(String sql, Sight sight, Map<String, Object> more) {
    return jdbc.sql(sql)
        .params(parameters(sight, more))
        .query((row, number) -> new Held(row.getBoolean("held"), Rows.parse(row.getString("lead"))))
        .optional();
  }

  private static Map<String, @Nullable Object> parameters(Sight sight, Map<String, Object> more) {
    Map<String, @Nullable Object> parameters = new HashMap<>(more);
    parameters.put("all", sight.all());
    parameters.put("client", sight.client());
    return parameters;
  }

  /** A lead as it now is; held: by somebody whose claim stands, so nothing was changed. */
  record Held(boolean held, JsonNode lead) {}
}
