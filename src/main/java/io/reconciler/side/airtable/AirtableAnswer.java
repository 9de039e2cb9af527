package io.reconciler.side.airtable;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A successful answer of Airtable.
 *
 * @param dated the {@code Date} header, null when there was none
 * @param asked our clock when its request left, null when nobody looked
 */
public record AirtableAnswer(JsonNode body, @Nullable String dated, @Nullable Instant asked) {

  /** An answer of whose request nobody took the time. */
  public AirtableAnswer(JsonNode body, @Nullable String dated) {
    this(body, dated, null);
  }

  /**
   * Airtable's clock when it answered, null when it did not tell; few ask, and reading it takes as
   * long as all other times of a page.
   */
  public @Nullable Instant date() {
    return AnswerMeaning.httpDate(dated);
  }

  /** The same, to a request that left at that moment. */
  public AirtableAnswer asked(Instant at) {
    return new AirtableAnswer(body, dated, at);
  }

  // Camel puts what it evaluates into texts and looks it up by its hash: that must not read a page.
  @Override
  public String toString() {
    return "an answer of Airtable";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
