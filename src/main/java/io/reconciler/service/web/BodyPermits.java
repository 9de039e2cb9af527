package io.reconciler.service.web;

import java.util.HashMap;
import java.util.Map;

/**
 * How many bodies may be on their way at a time: each keeps a thread of the server, and a slow
 * sender must not get them all.
 */
final class BodyPermits {

  private final int all;
  private final int each;
  private final Map<String, Integer> taken = new HashMap<>();
  private int sum;

  /** So many in all, and so many from one address. */
  BodyPermits(int all, int each) {
    this.all = all;
    this.each = each;
  }

  /** Takes one; false when there is none left. */
  synchronized boolean take(String address) {
    int own = taken.getOrDefault(address, 0);
    if (sum >= all || own >= each) {
      return false;
    }
    taken.put(address, own + 1);
    sum++;
    return true;
  }

  synchronized void giveBack(String address) {
    taken.computeIfPresent(address, (key, own) -> own == 1 ? null : own - 1);
    sum--;
  }

  synchronized int taken() {
    return sum;
  }
}
