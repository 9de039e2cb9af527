package io.reconciler.side.mapping;

/** A mapping file that can't be used; the message names the file, the line and the remedy. */
public final class InvalidMappingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InvalidMappingException(String name, int line, String problem) {
    super(name + ":" + line + ": " + problem);
  }
}
