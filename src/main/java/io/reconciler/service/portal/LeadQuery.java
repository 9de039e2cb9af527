package io.reconciler.service.portal;

import io.reconciler.service.api.ApiError;
import io.reconciler.service.api.ApiException;
import io.reconciler.service.api.ApiRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which leads a request asks for, and in which order.
 *
 * @param search a part of a name, an address, a number or a company; null for all
 * @param claimed true, false or me; null for all
 * @param column the column to sort by, null for the id
 * @param backwards whether the latest come first
 */
record LeadQuery(
    @Nullable String search, @Nullable String claimed, @Nullable String column, boolean backwards) {

  private static final int LONGEST = 200;
  private static final List<String> CLAIMED = List.of("true", "false", "me");
  private static final Map<String, String> SORTS =
      Map.of("updatedAt", "updated_at", "createdAt", "created_at");

  /**
   * What this request asks for.
   *
   * @throws ApiException 400 when it makes no sense
   */
  static LeadQuery of(ApiRequest request) {
    String search = request.query().getOrDefault("search", "").strip();
    if (search.length() > LONGEST) {
      throw bad("search must be a text of at most " + LONGEST + " characters");
    }
    String claimed = request.query().get("claimed");
    if (claimed != null && !CLAIMED.contains(claimed)) {
      throw bad("claimed must be true, false or me");
    }
    String sort = request.query().getOrDefault("sort", "id");
    boolean backwards = sort.startsWith("-");
    String column = SORTS.get(backwards ? sort.substring(1) : sort);
    if (column == null && !sort.equals("id")) {
      throw bad("sort must be id, createdAt, -createdAt, updatedAt or -updatedAt");
    }
    return new LeadQuery(search.isEmpty() ? null : search, claimed, column, backwards);
  }

  /** Whether it is the plain list, by id. */
  boolean plain() {
    return search == null && claimed == null && column == null;
  }

  /** The search as a pattern, in which nothing of the text has a meaning of its own. */
  String pattern() {
    return "%" + String.valueOf(search).replaceAll("([\\\\%_])", "\\\\$1") + "%";
  }

  private static ApiException bad(String why) {
    return new ApiException(ApiError.badRequest(why));
  }
}
