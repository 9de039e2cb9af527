package io.reconciler.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The faults that wait for their request. */
final class Faults {

  private final List<Rule> rules = new ArrayList<>();

  private static final class Rule {

    private final Predicate<LoggedRequest> match;
    private final Fault fault;
    private int left;

    private Rule(Predicate<LoggedRequest> match, Fault fault) {
      this.match = match;
      this.fault = fault;
      this.left = fault.times();
    }
  }

  synchronized void add(Predicate<LoggedRequest> match, Fault fault) {
    rules.add(new Rule(match, fault));
  }

  synchronized void clear() {
    rules.clear();
  }

  /** Returns the first fault meant for the request and uses it up once; null for none. */
  synchronized @Nullable Fault take(LoggedRequest request) {
    rules.removeIf(rule -> rule.left < 1);
    for (Rule rule : rules) {
      if (rule.match.test(request)) {
        rule.left--;
        return rule.fault;
      }
    }
    return null;
  }
}
