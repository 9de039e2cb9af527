package io.reconciler.service.portal;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.service.api.ApiError;
import io.reconciler.service.api.ApiException;
import io.reconciler.service.api.ItemPaging;
import io.reconciler.service.api.OtherTableException;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.OneColumn;
import io.reconciler.side.postgres.SqlFile;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The statements of the portal on {@code leads}; each is atomic and bound to what its user sees.
 */
final class LeadTable {

  private static final String LIST = SqlFile.read("list-leads");
  private static final String LIST_AFTER = SqlFile.read("list-leads-after");
  private static final String READ = SqlFile.read("read-lead");
  private static final String CLAIM = SqlFile.read("claim-lead");
  private static final String UNCLAIM = SqlFile.read("unclaim-lead");
  private static final String ADD_NOTE = SqlFile.read("add-note");

  /** No text of that type; out of its range; not of the database's encoding; no time. */
  private static final Set<String> NO_KEY = Set.of("22P02", "22003", "22021", "22007", "22008");

  /** Between the time and the key of a place in a sorted list. */
  private static final String MARK = "|";

  private final JdbcClient jdbc;
  private final LeadStatement statement;
  private final Mapping mapping;

  LeadTable(JdbcClient jdbc, LeadStatement statement, Mapping mapping) {
    this.jdbc = jdbc;
    this.statement = statement;
    this.mapping = mapping;
  }

  /** The leads of a query after this place, or from the first on. */
  List<JsonNode> list(VisibleLeads sight, LeadQuery query, @Nullable String after, int limit) {
    if (sight.nothing()) {
      return List.of();
    }
    return query.plain() ? list(sight, after, limit) : find(sight, query, after, limit);
  }

  /** The place of a row in the list of a query. */
  static String place(JsonNode row, LeadQuery query) {
    String id = row.path("id").asText();
    return query.column() == null ? id : row.path(query.column()).asText("-infinity") + MARK + id;
  }

  private List<JsonNode> find(
      VisibleLeads sight, LeadQuery query, @Nullable String after, int limit) {
    Map<String, Object> parameters = new HashMap<>(Map.of("limit", limit, "user", sight.user()));
    parameters.put("search", query.pattern());
    if (after != null) {
      int mark = after.indexOf(MARK);
      if ((query.column() != null) != (mark >= 0)) {
        throw ItemPaging.badCursor();
      }
      parameters.put("time", mark < 0 ? "" : after.substring(0, mark));
      parameters.put("after", key(after.substring(mark + 1)));
    }
    String sql = statement.of(query, after != null);
    return keyed(() -> rows(sql, sight, parameters), ItemPaging::badCursor);
  }

  private List<JsonNode> list(VisibleLeads sight, @Nullable String after, int limit) {
    if (after == null) {
      return rows(LIST, sight, Map.of("limit", limit));
    }
    Map<String, Object> page = Map.of("after", key(after), "limit", limit);
    return keyed(() -> rows(LIST_AFTER, sight, page), ItemPaging::badCursor);
  }

  Optional<JsonNode> read(VisibleLeads sight, String id) {
    return keyed(() -> rows(READ, sight, Map.of("id", key(id)))).stream().findFirst();
  }

  Optional<Held> claim(VisibleLeads sight, String id) {
    return keyed(() -> held(CLAIM, sight, Map.of("id", key(id), "user", sight.user())));
  }

  Optional<Held> unclaim(VisibleLeads sight, String id) {
    Map<String, Object> parameters =
        Map.of("id", key(id), "user", sight.user(), "anybodys", sight.anybodys());
    return keyed(() -> held(UNCLAIM, sight, parameters));
  }

  Optional<JsonNode> addNote(VisibleLeads sight, String id, String entry) {
    Map<String, Object> parameters = Map.of("id", key(id), "entry", entry);
    return keyed(() -> rows(ADD_NOTE, sight, parameters)).stream().findFirst();
  }

  /** Text without a type of its own: PostgreSQL reads it in the type of the key. */
  private static SqlParameterValue key(String text) {
    return new SqlParameterValue(Types.OTHER, text);
  }

  private static <T> T keyed(Supplier<T> statement) {
    return keyed(
        statement,
        () ->
            new ApiException(
                ApiError.badRequest("the id in the path is not one that a lead can have")));
  }

  private static <T> T keyed(Supplier<T> statement, Supplier<ApiException> badKey) {
    try {
      return statement.get();
    } catch (DataAccessException e) {
      boolean bad =
          e.getMostSpecificCause() instanceof SQLException sql
              && NO_KEY.contains(sql.getSQLState());
      throw bad ? badKey.get() : e;
    }
  }

  private List<JsonNode> rows(String sql, VisibleLeads sight, Map<String, Object> more) {
    return jdbc.sql(sql)
        .params(parameters(sight, more))
        .query((row, number) -> lead(row.getString(1)))
        .list();
  }

  private Optional<Held> held(String sql, VisibleLeads sight, Map<String, Object> more) {
    return jdbc.sql(sql)
        .params(parameters(sight, more))
        .query((row, number) -> new Held(row.getBoolean("held"), lead(row.getString("lead"))))
        .optional();
  }

  // Whole rows come with whatever columns there are: what is not among them is no empty value. It
  // is looked at inside the statement's transaction, which writes nothing then.
  private JsonNode lead(String text) {
    JsonNode row = OneColumn.parse(text);
    for (FieldMapping field : mapping.fields()) {
      if (!row.has(field.column())) {
        throw new OtherTableException(mapping.postgres().table(), field.column());
      }
    }
    return row;
  }

  private static Map<String, @Nullable Object> parameters(
      VisibleLeads sight, Map<String, Object> more) {
    Map<String, @Nullable Object> parameters = new HashMap<>(more);
    parameters.put("all", sight.all());
    parameters.put("client", sight.client());
    return parameters;
  }

  /** A lead as it now is; held: by somebody whose claim stands, so nothing was changed. */
  record Held(boolean held, JsonNode lead) {}
}
