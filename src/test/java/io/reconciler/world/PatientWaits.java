package io.reconciler.world;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.Extension;

/**
 * Makes every wait of a test patient enough for a machine that is busy or stands still for a while:
 * how long one waits says nothing about the program, only what one waits for does. A test takes no
 * longer for it unless it fails.
 *
 * <p>A wait does not end by what a thread of somebody else dies of: by default Awaitility throws
 * that in each test which happens to be waiting, as it did with what GreenMail's threads threw.
 */
public final class PatientWaits implements Extension {

  /** What a test waits at most for something that a sound program brings about. */
  public static final Duration PATIENCE = Duration.ofMinutes(1);

  /** The same, for the start or the end of another process. */
  public static final Duration PROCESS_PATIENCE = Duration.ofMinutes(3);

  /** Made by JUnit, before the first test. */
  public PatientWaits() {
    Awaitility.setDefaultTimeout(PATIENCE);
    Awaitility.doNotCatchUncaughtExceptionsByDefault();
  }
}
