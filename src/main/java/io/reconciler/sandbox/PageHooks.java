package io.reconciler.sandbox;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What tests want to happen between the pages of a listing. */
final class PageHooks {

  private final Map<Integer, Runnable> hooks = new ConcurrentHashMap<>();

  void add(int page, Runnable work) {
    hooks.put(page, work);
  }

  void before(int page) {
    Runnable work = hooks.remove(page);
    if (work != null) {
      work.run();
    }
  }
}
