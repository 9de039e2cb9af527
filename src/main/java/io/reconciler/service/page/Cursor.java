package io.reconciler.service.page;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** Where in a list, the newest first, a page of it ends. */
record Cursor(Instant time, UUID id) {

  /**
   * Reads one as {@link #text} wrote it; null for the beginning.
   *
   * @throws ResponseStatusException 400 when it is none
   */
  static @Nullable Cursor of(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    String[] parts = text.split("_", -1);
    try {
      if (parts.length == 2) {
        return new Cursor(Instant.parse(parts[0]), UUID.fromString(parts[1]));
      }
    } catch (DateTimeException | IllegalArgumentException e) {
      // Answered below, as any other text that is none.
    }
    throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
  }

  String text() {
    return time + "_" + id;
  }
}
