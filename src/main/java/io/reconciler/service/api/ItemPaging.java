package io.reconciler.service.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The page that a request asks for.
 *
 * @param limit the most items, 1 to 500
 * @param cursor the place after which the page begins, as the list itself wrote it; null: the start
 */
public record ItemPaging(int limit, @Nullable String cursor) {

  private static final int USUAL = 50;
  private static final int MOST = 500;

  /**
   * The page of this request.
   *
   * @throws ApiException 400 when limit or cursor make no sense
   */
  public static ItemPaging of(ApiRequest request) {
    String cursor = request.query().get("cursor");
    return new ItemPaging(
        limit(request.query().get("limit")), cursor == null ? null : decode(cursor));
  }

  /**
   * A page of a list.
   *
   * @param found one item more than the limit when there is another page
   * @param place the place of an item, from which its cursor is made
   */
  public <T, R> ItemPage<R> page(List<T> found, Function<T, String> place, Function<T, R> item) {
    boolean more = found.size() > limit;
    List<T> shown = more ? found.subList(0, limit) : found;
    String next = more ? encode(place.apply(shown.get(limit - 1))) : null;
    return new ItemPage<>(shown.stream().map(item).toList(), next);
  }

  /** The 400 for a cursor that this list never wrote. */
  public static ApiException badCursor() {
    return new ApiException(
        ApiError.badRequest("cursor is not one that nextCursor of this list gave"));
  }

  private static int limit(@Nullable String text) {
    if (text == null) {
      return USUAL;
    }
    if (text.matches("[0-9]{1,3}")) {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MOST) {
        return limit;
      }
    }
    throw new ApiException(ApiError.badRequest("limit must be a whole number from 1 to " + MOST));
  }

  /** The cursor that stands for a place in a list. */
  public static String encode(String place) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(place.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String cursor) {
    String place;
    try {
      place = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw badCursor();
    }
    // No text in PostgreSQL holds one, so no place does.
    if (place.indexOf('\0') >= 0) {
      throw badCursor();
    }
    return place;
  }

  /**
   * A page of a list.
   *
   * @param nextCursor where the next page begins, null when this is the last one
   */
  public record ItemPage<T>(List<T> items, @Nullable String nextCursor) {}
}
