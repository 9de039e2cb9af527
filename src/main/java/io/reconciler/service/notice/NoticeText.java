package io.reconciler.service.notice;

import io.reconciler.text.Plain;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What a notice says: what happened, where to look, what to do. Holds nothing of any lead. */
final class NoticeText {

  private final @Nullable URI page;

  /** With the address of the page, if it is known. */
  NoticeText(@Nullable URI page) {
    this.page = page;
  }

  /** One line: the client and what happened. */
  String subject(Kind kind, ClientCondition present) {
    return "Reconciler: " + client(present) + ": " + headline(kind, present);
  }

  /** Everything, in a few lines. */
  String text(Kind kind, ClientCondition present) {
    String what = client(present) + ": " + headline(kind, present) + ".";
    return String.join("\n", what, detail(kind, present), look(kind, present), advice(kind));
  }

  private static String client(ClientCondition present) {
    return Plain.cell(present.name()).strip() + " (" + Plain.line(present.baseId()) + ")";
  }

  private static String headline(Kind kind, ClientCondition present) {
    return switch (kind) {
      case FAILING -> "the sync is failing";
      case STOPPED -> "a guard stopped the sync";
      case RECOVERED -> "the sync works again";
      case DEAD_LETTERS ->
          present.deadLetters() == 1
              ? "1 value or record can't be applied"
              : present.deadLetters() + " values or records can't be applied";
      case QUOTA -> "the requests of this month will not do";
    };
  }

  private static String detail(Kind kind, ClientCondition present) {
    return switch (kind) {
      case FAILING, STOPPED -> "Run %s: %s".formatted(present.run(), Plain.line(present.failure()));
      case RECOVERED -> "Run %s succeeded. What was missed is made good.".formatted(present.run());
      case DEAD_LETTERS -> "They wait as open dead letters; everything else was applied.";
      case QUOTA -> String.valueOf(present.shortage());
    };
  }

  private String look(Kind kind, ClientCondition present) {
    String command =
        switch (kind) {
          case DEAD_LETTERS -> "reconciler dead-letters list";
          case QUOTA -> "reconciler check";
          default -> "reconciler runs show " + present.run();
        };
    return "Look: " + command + (page == null ? "" : ", or " + page);
  }

  private static String advice(Kind kind) {
    return switch (kind) {
      case FAILING ->
          "Do: mend what the failure names; reconciler check looks at everything. Nothing is lost,"
              + " and the next run tries the same again.";
      case STOPPED ->
          "Do: look whether Airtable holds what it should. Nothing was deactivated; if it is"
              + " right, run reconciler sync --full --force once.";
      case RECOVERED -> "Do: nothing.";
      case DEAD_LETTERS ->
          "Do: correct the cells that the list names; a run then closes the entries by itself.";
      case QUOTA ->
          "Do: run less often (RECONCILER_SCHEDULE), or take a larger plan and set"
              + " RECONCILER_AIRTABLE_MONTHLY_QUOTA. What users ask for is done at once all the"
              + " same.";
    };
  }
}
