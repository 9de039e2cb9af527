package io.reconciler.side.airtable;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Says what an HTTP answer of Airtable means. Pure. */
public final class AnswerMeaning {

  /** Levels of an answer: attachments in a cell need 7. */
  static final int DEEPEST = 100;

  /** Values, names and brackets of an answer: each takes many times its bytes in memory. */
  static final long MOST_TOKENS = 1_000_000;

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxTokenCount(MOST_TOKENS)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          // Numbers keep their exact decimal value.
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();
  private static final int OK = 200;
  private static final int TOO_MANY = 429;

  /** So many pauses in a row for one request are no peak any more: somebody else uses it all up. */
  public static final int LONGEST_RATE_LIMIT = 20;

  /** No pause is longer: a Retry-After of hours is no rate limit. */
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  private AnswerMeaning() {}

  /**
   * The answer of a request that succeeded; null when the base is to pause and the request to be
   * sent again.
   *
   * @throws AirtableException when it is an error, or not what was asked for although the status
   *     says success
   */
  public static @Nullable AirtableAnswer read(
      AirtableRequest request, int status, byte[] body, @Nullable String date) {
    String what = request.method() + " " + request.path();
    if (status == OK) {
      return new AirtableAnswer(success(request, body, what, status), date);
    }
    JsonNode json = parse(body, what, status);
    AirtableException error = AirtableErrors.of(status, json, what);
    if (status == TOO_MANY && !(error instanceof AirtableException.QuotaExceeded)) {
      return null;
    }
    throw error;
  }

  /** How long a 429 asks to wait: its Retry-After (seconds or a date), else the usual pause. */
  public static Duration pause(@Nullable String retryAfter, Instant now, Duration usual) {
    if (retryAfter == null || retryAfter.isBlank()) {
      return usual;
    }
    try {
      return within(Duration.ofSeconds(Long.parseLong(retryAfter.strip())));
    } catch (NumberFormatException e) {
      Instant until = httpDate(retryAfter);
      return until == null ? usual : within(Duration.between(now, until));
    }
  }

  /** The error of a base that goes on answering 429. */
  public static AirtableException stillRateLimited(AirtableRequest request) {
    return new AirtableException.RateLimited(
        request.method()
            + " "
            + request.path()
            + ": Airtable still answers 429 after many pauses; does another program use this base's"
            + " requests up?");
  }

  private static Duration within(Duration asked) {
    Duration atLeast = asked.isNegative() ? Duration.ZERO : asked;
    return atLeast.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : atLeast;
  }

  static @Nullable Instant httpDate(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static JsonNode success(AirtableRequest request, byte[] body, String what, int status) {
    JsonNode json = parse(body, what, status);
    String said = what + ": Airtable answered " + status;
    if (!json.isObject()) {
      throw new AirtableException.Unavailable(said + " with something that is not JSON");
    }
    JsonNode records = json.path("records");
    if (request.answersRecords() && !records.isArray()) {
      throw new AirtableException.Unavailable(said + " without a list of records");
    }
    JsonNode offset = json.path("offset");
    if (!offset.isTextual() && !offset.isNull() && !offset.isMissingNode()) {
      throw new AirtableException.Unavailable(
          said + " with an offset that is no text: it is not taken for the last page");
    }
    if (records.size() > AirtableRequests.PAGE_SIZE) {
      throw new AirtableException.Unavailable(
          said + " with " + records.size() + " records, more than a page has");
    }
    return json;
  }

  private static JsonNode parse(byte[] body, String what, int status) {
    try {
      JsonNode json = JSON.readTree(body);
      return json == null ? MissingNode.getInstance() : json;
    } catch (StreamConstraintsException e) {
      throw new AirtableException.Unavailable(
          what
              + ": Airtable answered "
              + status
              + " with JSON over our limits: more than "
              + DEEPEST
              + " levels, "
              + MOST_TOKENS
              + " values, or a text or number that is far too long");
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }
}
