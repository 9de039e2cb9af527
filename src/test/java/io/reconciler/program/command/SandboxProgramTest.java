package io.reconciler.program.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.cli.Console;
import io.reconciler.cli.SandboxRequest;
import java.io.ByteArrayOutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The command that serves an invented base. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SandboxProgramTest {

  @Test
  void it_says_what_to_set_and_serves_until_it_is_stopped() throws Exception {
    PipedInputStream said = new PipedInputStream();
    PrintStream out = new PrintStream(new PipedOutputStream(said), true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    Console console = new Console(out, err, false, false);
    Thread serving =
        new Thread(
            () ->
                new SandboxProgram(Clock.systemUTC())
                    .sandbox(new SandboxRequest(null, 2, 40, 3, 1), console));
    serving.start();
    Map<String, String> variables = new HashMap<>();
    Scanner lines = new Scanner(said, StandardCharsets.UTF_8);
    while (variables.size() < 3) {
      String[] parts = lines.nextLine().replace("export ", "").split("=", 2);
      variables.put(parts[0], parts[1]);
    }

    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    variables.get("AIRTABLE_API_URL")
                        + "/meta/bases/"
                        + variables.get("AIRTABLE_BASE_ID")
                        + "/tables"))
            .header("Authorization", "Bearer " + variables.get("AIRTABLE_API_KEY"))
            .build();
    String body =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    assertThat(body).contains("\"Companies\"", "\"Contacts\"");
    serving.interrupt();
    serving.join();
  }
}
