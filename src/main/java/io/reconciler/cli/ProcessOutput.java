package io.reconciler.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The stdout of a process, which remembers why something did not get there: a print stream tells
 * only that something went wrong. That the reader of a pipe has left is nothing wrong.
 */
final class ProcessOutput extends PrintStream {

  private final Target target;

  ProcessOutput(OutputStream to, boolean pipe) {
    this(new Target(to, pipe));
  }

  private ProcessOutput(Target target) {
    super(target, true, StandardCharsets.UTF_8);
    this.target = target;
  }

  /** Why something of what was printed on this stream was lost; null when nothing was. */
  static @Nullable String lost(PrintStream stream) {
    return PlainOutput.raw(stream) instanceof ProcessOutput output ? output.target.lost : null;
  }

  private static final class Target extends FilterOutputStream {

    private final boolean pipe;
    private volatile @Nullable String lost;

    Target(OutputStream to, boolean pipe) {
      super(to);
      this.pipe = pipe;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      try {
        out.write(bytes, from, count);
      } catch (IOException e) {
        String why = String.valueOf(e.getMessage());
        // The text is the system's, in its language; where links tell of pipes it is not needed.
        if (lost == null && !pipe && !why.contains("Broken pipe")) {
          lost = why;
        }
        throw e;
      }
    }
  }
}
