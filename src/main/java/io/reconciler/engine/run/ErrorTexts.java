package io.reconciler.engine.run;

import io.reconciler.text.Counted;
import io.reconciler.text.Plain;
import java.util.ArrayList;
import java.util.List;

/** Error texts of a stage: the first hundred are kept, all are counted. */
final class ErrorTexts {

  static final int KEPT = 100;

  private static final int LONGEST = 2_000;

  private final List<String> kept = new ArrayList<>();
  private long count;

  void add(String text) {
    count++;
    if (kept.size() < KEPT) {
      kept.add(Plain.line(text, LONGEST));
    }
  }

  long count() {
    return count;
  }

  /** The kept texts; then, if some were left out, one line that says how many. */
  List<String> texts() {
    List<String> texts = new ArrayList<>(kept);
    if (count > kept.size()) {
      texts.add("... and " + Counted.of(count - kept.size(), "more error"));
    }
    return texts;
  }
}
