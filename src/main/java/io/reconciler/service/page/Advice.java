package io.reconciler.service.page;

import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.GoneText;
import org.jspecify.annotations.Nullable;

/** What to do about a dead letter. Pure. */
final class Advice {

  private Advice() {}

  static String of(String reason, @Nullable FieldMapping field, boolean pull) {
    if (reason.contains("is gone from Airtable")) {
      return reason.contains(GoneText.FILTERED)
          ? "The record was deleted, or the mapping's filter does not let it in. Restore it from Airtable's trash, or change it there so that the filter does, and retry; or discard: the lead stays inactive."
          : "The record was deleted. Restore it from Airtable's trash and retry, or discard: the lead stays inactive.";
    }
    if (reason.contains("belongs to another client")) {
      return "The base looks like a copy of another one: deactivate one of the two clients. Or the client was deleted and made again: Check then names the statement that gives it its rows.";
    }
    if (reason.contains("PostgreSQL refuses") || reason.contains("keeps PostgreSQL from writing")) {
      return "A rule of the database keeps the value out. Change the value in Airtable, or the rule, and retry.";
    }
    if (reason.contains("can't be read")) {
      return "Correct the value in PostgreSQL; the next run takes it.";
    }
    if (pull && reason.contains("Airtable's value replaces it")) {
      return "Airtable's value has taken its place. If the portal's was meant, write it there anew; then discard this.";
    }
    if (!pull) {
      return "Airtable does not take the portal's value. Change it in the portal, or the field in Airtable, and retry.";
    }
    return cell(reason, field);
  }

  private static String cell(String reason, @Nullable FieldMapping field) {
    String name =
        field == null || field.airtableField() == null ? "the cell" : field.airtableField();
    if (reason.contains("is not a UUID")) {
      return "The portal wants a user's id in %s. Enter ids, or clear the cells, in Airtable; the next run takes it."
          .formatted(name);
    }
    if (reason.contains("at most")) {
      return "Shorten %s in Airtable, or widen its column; the next run takes it.".formatted(name);
    }
    if (reason.contains("date")) {
      return "Enter a date in %s in Airtable; the next run takes it.".formatted(name);
    }
    if (reason.contains("known choices") || reason.contains("is no label")) {
      return "Choose one of the known values of %s in Airtable, or add the new one to the mapping."
          .formatted(name);
    }
    if (reason.contains("number")) {
      return "Enter a number in %s in Airtable; the next run takes it.".formatted(name);
    }
    return "Correct %s in Airtable; the next run takes it.".formatted(name);
  }
}
