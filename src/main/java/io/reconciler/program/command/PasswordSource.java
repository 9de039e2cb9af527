package io.reconciler.program.command;

import io.reconciler.cli.Console;
import io.reconciler.service.user.Passwords;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a new password comes from: typed twice without echo, or the first line of stdin. */
final class PasswordSource {

  private final InputStream stdin;

  PasswordSource(InputStream stdin) {
    this.stdin = stdin;
  }

  /** A password that can be used; empty when there is none, and the console says why. */
  Optional<String> get(boolean fromStdin, Console console) {
    String password = fromStdin ? line() : ask(console);
    if (password == null) {
      if (fromStdin) {
        console.complain("no password on stdin");
      }
      return Optional.empty();
    }
    Optional<String> objection = Passwords.objection(password);
    objection.ifPresent(console::complain);
    return objection.isPresent() ? Optional.empty() : Optional.of(password);
  }

  private @Nullable String line() {
    try {
      return new BufferedReader(new InputStreamReader(stdin, StandardCharsets.UTF_8)).readLine();
    } catch (IOException e) {
      throw new UncheckedIOException("stdin can't be read", e);
    }
  }

  // From JDK 22 to 24 there is a console without a terminal too; what it reads then is compared.
  @SuppressWarnings("SystemConsoleNull")
  private static @Nullable String ask(Console console) {
    java.io.Console terminal = System.console();
    if (terminal == null) {
      console.complain("there is no terminal to ask for a password: use --password-stdin");
      return null;
    }
    char[] first = terminal.readPassword("Password: ");
    char[] second = terminal.readPassword("Again: ");
    if (first == null || second == null || !Arrays.equals(first, second)) {
      console.complain("these are not the same password twice");
      return null;
    }
    return new String(first);
  }
}
