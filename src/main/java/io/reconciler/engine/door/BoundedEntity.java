package io.reconciler.engine.door;

import io.reconciler.side.airtable.UnusableAnswerException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** An answer's body that ends in a failure when it goes over its bounds. */
final class BoundedEntity extends HttpEntityWrapper {

  private final long mostBytes;
  private final AnswerBounds.Deadline deadline;

  BoundedEntity(HttpEntity entity, long mostBytes, AnswerBounds.Deadline deadline) {
    super(entity);
    this.mostBytes = mostBytes;
    this.deadline = deadline;
  }

  @Override
  public InputStream getContent() throws IOException {
    return new Bounded(super.getContent());
  }

  private final class Bounded extends FilterInputStream {

    private long count;

    Bounded(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int most) throws IOException {
      try {
        deadline.check();
        int read = super.read(bytes, from, most);
        counted(read);
        return read;
      } catch (IOException e) {
        throw deadline.explain(e);
      }
    }

    @Override
    public long skip(long most) {
      return 0;
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    // Closing an answer reads it to its end: one that has none is cut off by then.
    @Override
    public void close() throws IOException {
      try {
        super.close();
      } finally {
        deadline.end();
      }
    }

    private void counted(int read) throws IOException {
      if (read < 0) {
        deadline.end();
        return;
      }
      count += read;
      if (count > mostBytes) {
        deadline.cutOff();
        throw new UnusableAnswerException("is larger than " + (mostBytes >> 20) + " MB, unpacked");
      }
    }
  }
}
