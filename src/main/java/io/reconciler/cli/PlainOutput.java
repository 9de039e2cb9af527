package io.reconciler.cli;

import io.reconciler.text.Plain;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a command writes, without anything that steers a terminal but our own colours; a value in
 * JSON is the same value, since what is spelled out is JSON's escape.
 */
final class PlainOutput extends PrintStream {

  // Those of the help, which end each of theirs, among them; nothing that hides or blinks.
  private static final Pattern COLOUR =
      Pattern.compile("\u001b\\[(?:[0-4]|2[1-4]|3[0-79]|9[0-7])m");

  private final PrintStream target;

  private PlainOutput(PrintStream target, boolean colours) {
    super(new Filter(target, colours), true, StandardCharsets.UTF_8);
    this.target = target;
  }

  static PrintStream of(PrintStream target, boolean colours) {
    return target instanceof PlainOutput ? target : new PlainOutput(target, colours);
  }

  /** The stream itself, for what draws on the terminal. */
  static PrintStream raw(PrintStream stream) {
    return stream instanceof PlainOutput plain ? plain.target : stream;
  }

  private static final class Filter extends OutputStream {

    private final PrintStream target;
    private final boolean colours;

    Filter(PrintStream target, boolean colours) {
      this.target = target;
      this.colours = colours;
    }

    @Override
    public void write(int one) {
      target.write(one);
    }

    // A PrintStream hands over whole characters.
    @Override
    public void write(byte[] bytes, int from, int count) {
      String text = new String(bytes, from, count, StandardCharsets.UTF_8);
      byte[] plain = plain(text).getBytes(StandardCharsets.UTF_8);
      target.write(plain, 0, plain.length);
    }

    @Override
    public void flush() {
      target.flush();
    }

    private String plain(String text) {
      if (!colours || text.indexOf('\u001b') < 0) {
        return Plain.lines(text);
      }
      StringBuilder plain = new StringBuilder();
      Matcher colour = COLOUR.matcher(text);
      int from = 0;
      while (colour.find()) {
        plain.append(Plain.lines(text.substring(from, colour.start()))).append(colour.group());
        from = colour.end();
      }
      return plain.append(Plain.lines(text.substring(from))).toString();
    }
  }
}
