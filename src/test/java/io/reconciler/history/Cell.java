package io.reconciler.history;

import java.util.Locale;

/** A field that histories edit. */
enum Cell {
  COMPANY("company", "Company", "", ""),
  TITLE("title", "Job Title", "", ""),
  SENT("sms_sent_count", "SMS Sent Count", "", "0"),
  CLAIM("claimed_by", "Claimed By", "claim", ""),
  NOTES("notes", "Notes", "notes", "");

  private final String column;
  private final String field;
  private final String group;
  private final String empty;

  Cell(String column, String field, String group, String empty) {
    this.column = column;
    this.field = field;
    this.group = group;
    this.empty = empty;
  }

  String column() {
    return column;
  }

  String field() {
    return field;
  }

  /** The field group; empty for a field that Airtable owns. */
  String group() {
    return group;
  }

  boolean portalOwned() {
    return !group.isEmpty();
  }

  /** The value as text, "" for an empty one, on either side. */
  String text(Object value) {
    String text = value == null ? "" : value.toString();
    return text.equals(empty) ? "" : text;
  }

  /** What an edit with this number writes, and nobody else. */
  String marker(int edit) {
    return switch (this) {
      case CLAIM -> "00000000-0000-4000-8000-%012d".formatted(edit);
      case SENT -> String.valueOf(100_000 + edit);
      case COMPANY, TITLE, NOTES -> "m%05d".formatted(edit);
    };
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
