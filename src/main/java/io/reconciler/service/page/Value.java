package io.reconciler.service.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.PgType;
import io.reconciler.side.mapping.StoredLinks;
import io.reconciler.text.Plain;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A value as people write it, never as JSON. Pure.
 *
 * @param text the value; a dash for nothing
 * @param time the instant, where it is one
 */
record Value(Kind kind, String text, @Nullable Instant time) {

  enum Kind {
    NOTHING,
    TEXT,
    /** Folded, with its beginning to be seen. */
    LONG,
    TIME
  }

  /** From so many characters on a text is folded. */
  private static final int FOLD = 280;

  private static final int FOLD_LINES = 6;

  /** Digits of a number that people would still read. */
  private static final int LONGEST_NUMBER = 30;

  /** More of a text is on no page. */
  private static final int LONGEST = 100_000;

  static final Value NOTHING = new Value(Kind.NOTHING, Format.NOTHING, null);

  /** A value of a field; null where its column is not mapped any more. */
  static Value of(@Nullable FieldMapping field, @Nullable JsonNode json) {
    if (json == null || json.isNull() || json.isMissingNode()) {
      return NOTHING;
    }
    if (field != null && field.type().base() == PgType.Base.TIMESTAMPTZ && json.isTextual()) {
      Instant time = time(json.textValue());
      return time == null ? text(json.textValue()) : new Value(Kind.TIME, time.toString(), time);
    }
    return text(plain(json));
  }

  static Value text(String text) {
    if (text.isEmpty()) {
      return NOTHING;
    }
    String shown = Plain.head(text, LONGEST);
    boolean isLong = shown.length() > FOLD || shown.lines().count() > FOLD_LINES;
    return new Value(isLong ? Kind.LONG : Kind.TEXT, shown, null);
  }

  /** The beginning of a folded one. */
  public String head() {
    String first = text.lines().limit(2).collect(Collectors.joining(" "));
    int end = Math.min(first.length(), FOLD / 2);
    if (end > 0 && Character.isHighSurrogate(first.charAt(end - 1))) {
      end--;
    }
    return first.substring(0, end) + "…";
  }

  /** How much there is of it. */
  public String size() {
    return String.format(Locale.ROOT, "%,d characters", text.codePointCount(0, text.length()));
  }

  static @Nullable Instant time(String text) {
    try {
      return OffsetDateTime.parse(text.replace(' ', 'T')).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static String plain(JsonNode json) {
    if (json.isBoolean()) {
      return json.booleanValue() ? "yes" : "no";
    }
    if (json.isIntegralNumber()) {
      return json.canConvertToLong()
          ? String.format(Locale.ROOT, "%,d", json.longValue())
          : json.asText();
    }
    if (json.isNumber()) {
      return fraction(json);
    }
    if (json.isArray()) {
      List<String> parts = new ArrayList<>();
      json.forEach(part -> parts.add(plain(part)));
      return String.join(", ", parts);
    }
    if (json.isObject()) {
      return object(json);
    }
    return json.isNull() ? Format.NOTHING : json.asText();
  }

  // The same number is the same text, whichever side wrote how many zeros; only what has no end is
  // written as it came.
  private static String fraction(JsonNode json) {
    BigDecimal number = json.decimalValue().stripTrailingZeros();
    if (number.precision() > LONGEST_NUMBER || Math.abs(number.scale()) > LONGEST_NUMBER) {
      return json.asText();
    }
    return String.format(Locale.ROOT, "%,." + Math.max(0, number.scale()) + "f", number);
  }

  private static String object(JsonNode json) {
    if (json.path("filename").isTextual()) {
      return json.path("filename").textValue();
    }
    String link = json.has("raw") ? null : StoredLinks.words(json);
    if (link != null) {
      return link;
    }
    if (json.path("raw").isTextual() && json.path("reason").isTextual()) {
      return Letters.plain(json.path("raw").textValue())
          + "\n("
          + json.path("reason").textValue()
          + ")";
    }
    if (json.path("unconvertible").isTextual()) {
      return json.path("unconvertible").textValue();
    }
    List<String> lines = new ArrayList<>();
    json.properties().forEach(part -> lines.add(part.getKey() + ": " + plain(part.getValue())));
    return String.join("\n", lines);
  }
}
