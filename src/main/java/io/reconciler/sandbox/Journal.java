package io.reconciler.sandbox;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What happened since the last clearing, in the order of arrival. */
final class Journal {

  private final Collection<Entry> requests = new ConcurrentLinkedQueue<>();
  private final Collection<LoggedWrite> writes = new ConcurrentLinkedQueue<>();

  /** A request whose answer is still to come. */
  static final class Entry {

    private volatile LoggedRequest request;

    private Entry(LoggedRequest request) {
      this.request = request;
    }

    LoggedRequest request() {
      return request;
    }

    void answered(int status) {
      request = request.answered(status);
    }
  }

  Entry arrived(LoggedRequest request) {
    Entry entry = new Entry(request);
    requests.add(entry);
    return entry;
  }

  void wrote(LoggedWrite write) {
    writes.add(write);
  }

  List<LoggedRequest> requests() {
    return requests.stream().map(Entry::request).toList();
  }

  List<LoggedWrite> writes() {
    return List.copyOf(writes);
  }

  void clear() {
    requests.clear();
    writes.clear();
  }
}
