package io.reconciler.cli;

import io.reconciler.engine.run.ProgressListener;
import io.reconciler.engine.run.RunResult;
import io.reconciler.text.Counted;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * One line on a terminal's stderr with the records done, the requests used and the time left;
 * silent on anything else. May be called from any thread; the last call is close.
 */
public final class Progress implements ProgressListener, AutoCloseable {

  private static final int REDRAW_MS = 200;
  private static final long UNKNOWN = -1;

  private final Console console;
  private final ProgressLine line;
  private volatile @Nullable ProgressBar bar;
  private volatile long requests;
  private boolean planPrinted;

  /** Shows nothing before the first task starts. */
  public Progress(Console console) {
    this.console = console;
    this.line = new ProgressLine(console.err(), Terminal.columns(System::getenv));
  }

  /** Starts a task whose number of records is not known yet; ends the one before it. */
  public synchronized void start(String task) {
    close();
    if (console.terminal() && !planPrinted) {
      line.instead(() -> counted(task));
      bar =
          ProgressBar.builder()
              .setTaskName(task)
              .setInitialMax(UNKNOWN)
              .setUnit(" records", 1)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(REDRAW_MS)
              .continuousUpdate()
              .setConsumer(line)
              .build();
    }
  }

  @Override
  public void stage(String name) {
    start(name);
  }

  @Override
  public synchronized void records(long done) {
    if (bar != null) {
      bar.stepTo(done);
    }
  }

  @Override
  public synchronized void total(long total) {
    if (bar != null) {
      bar.maxHint(total);
    }
  }

  @Override
  public synchronized void requests(long used) {
    requests = used;
    if (bar != null) {
      bar.setExtraMessage(" " + Counted.of(used, "request"));
    }
  }

  /** Ends for good where the writes themselves are printed: on one terminal both would mix. */
  @Override
  public synchronized void planned(RunResult.PlannedWrite write) {
    if (console.paged()) {
      close();
      planPrinted = true;
    }
  }

  @Override
  public void ended(RunResult result) {
    close();
  }

  // Without a total a bar would say nothing. Asked for by the thread that draws.
  private @Nullable String counted(String task) {
    ProgressBar now = bar;
    if (now != null && !now.isIndefinite()) {
      return null;
    }
    return "%s  %s, %s, %d s"
        .formatted(
            task,
            Counted.of(now == null ? 0 : now.getCurrent(), "record"),
            Counted.of(requests, "request"),
            now == null ? 0 : now.getTotalElapsed().toSeconds());
  }

  /** Ends the task and leaves an empty line behind. */
  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
      line.clear();
    }
  }
}
