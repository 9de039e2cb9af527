package io.reconciler.service.page;

import io.reconciler.engine.door.RouteCalls;
import io.reconciler.side.mapping.MappingSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.ProducerTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What several pages use. */
record PageParts(
    JdbcClient jdbc,
    MappingSet mappings,
    RouteCalls routes,
    RowReader rows,
    LinkReader links,
    RunReader runs,
    ChangeReader changes,
    Jobs jobs,
    ExecutorService threads)
    implements AutoCloseable {

  /** Work that was asked for on pages: so much at a time, the rest waits. */
  private static final int THREADS = 6;

  static PageParts of(JdbcClient jdbc, MappingSet mappings, ProducerTemplate template) {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS, PageParts::daemon);
    RowReader rows = new RowReader(jdbc);
    LinkReader links = new LinkReader(mappings, rows);
    return new PageParts(
        jdbc,
        mappings,
        new RouteCalls(template),
        rows,
        links,
        new RunReader(jdbc),
        new ChangeReader(jdbc, rows, links, mappings),
        new Jobs(jdbc, threads),
        threads);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "page-work");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    jobs.close();
    threads.shutdown();
  }
}
