package io.reconciler.cli;

import io.reconciler.text.Wrap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** `help terms`: the words that commands, pages and documents use. */
final class Glossary {

  /** What is asked for after help. */
  static final String NAME = "terms";

  private static final int INDENT = 2;

  private Glossary() {}

  /** Each term with what it means, no line wider than this. */
  static List<String> lines(int width) {
    List<String> lines = new ArrayList<>();
    terms()
        .forEach(
            (term, meaning) -> {
              lines.add(term);
              lines.addAll(Wrap.words(" ".repeat(INDENT) + meaning, width, INDENT));
            });
    return lines;
  }

  private static Map<String, String> terms() {
    Map<String, String> terms = new LinkedHashMap<>();
    terms.put(
        "client",
        "A company of the portal. It owns one Airtable base; each active client is reconciled on its own.");
    terms.put(
        "record, lead",
        "A row in Airtable, and the row of leads in PostgreSQL that is linked to it.");
    terms.put("run", "One reconciliation of one client: stage 1, then stage 2.");
    terms.put(
        "stage",
        "Stage 1 (pull) brings Airtable's changes into PostgreSQL; stage 2 (push) brings the portal's changes to Airtable.");
    terms.put(
        "window", "The minutes before a run in which a record must have changed to be looked at.");
    terms.put(
        "watermark",
        "The time up to which everything in Airtable is known to be pulled. A scheduled run starts there, so that downtime loses nothing.");
    terms.put(
        "full sweep",
        "A run that looks at every record and every lead (sync --full), and finds what was deleted.");
    terms.put(
        "grace",
        "The first 60 seconds after an edit in the portal, in which it is left alone, since more edits may follow. The next run takes it.");
    terms.put(
        "field group",
        "Fields that only make sense together and are decided together, such as claim: who claimed a lead, and when.");
    terms.put(
        "agreed value",
        "What both sides held when they were last in step. A side that differs from it has changed.");
    terms.put(
        "conflict",
        "Both sides have changed a field group, to different values. A policy picks the winner; the losing value is kept, and conflicts apply takes it after all.");
    terms.put(
        "dead letter",
        "A value or a record that could not be applied or sent, kept with the reason. It is tried again by itself, or by dead-letters retry; discard gives it up.");
    terms.put(
        "open, settled",
        "An open entry waits for somebody. It is settled when it was applied, dismissed or discarded, went through, or when nothing was lost.");
    terms.put(
        "guard",
        "Stops a run that would deactivate or overwrite more than it should; --force goes on.");
    return terms;
  }
}
