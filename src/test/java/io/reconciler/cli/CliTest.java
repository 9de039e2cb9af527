package io.reconciler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CliTest {

  private final Recorder recorder = new Recorder();
  private final Commands commands =
      new Commands()
          .withDemonstrator(() -> recorder)
          .withSynchronizer(() -> recorder)
          .withServer(() -> recorder)
          .withChecker(() -> recorder)
          .withClients(() -> recorder)
          .withSandbox(() -> recorder)
          .withVerifier(() -> recorder)
          .withTables(() -> recorder)
          .withLedgers(() -> recorder, () -> recorder, () -> recorder)
          .withForgetter(() -> recorder)
          .withUsers(() -> recorder)
          .withInitializer(() -> recorder);

  private record Answer(int code, String out, String err) {}

  private Answer run(String... args) {
    return run(commands, false, args);
  }

  private Answer words(String line) {
    return run(line.isBlank() ? new String[0] : line.trim().split(" +"));
  }

  private static Answer run(Commands commands, boolean colours, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = new Console(stream(out), stream(err), false, false, colours);
    int code = Cli.run(args, commands, console);
    return new Answer(code, text(out), text(err));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, false, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sync                          | SyncOptions[minutes=null, client=null, full=false, dryRun=false, force=false, first=null, json=false, all=false, tables=[]]
          sync 6h --json                | SyncOptions[minutes=360, client=null, full=false, dryRun=false, force=false, first=null, json=true, all=false, tables=[]]
          sync --full --force --dry-run | SyncOptions[minutes=null, client=null, full=true, dryRun=true, force=true, first=null, json=false, all=false, tables=[]]
          sync --force --client app0123456789abCD 45 | SyncOptions[minutes=45, client=app0123456789abCD, full=false, dryRun=false, force=true, first=null, json=false, all=false, tables=[]]
          sync --full --first portal    | SyncOptions[minutes=null, client=null, full=true, dryRun=false, force=false, first=portal, json=false, all=false, tables=[]]
          check                         | check false
          check --json                  | check true
          serve                         | serve
          demo                          | DemoOptions[leads=1000, port=null, once=false]
          demo --leads 50000 --port 0 --once | DemoOptions[leads=50000, port=0, once=true]
          client add --name @A --email a@b --base app0123456789abCD | client add @A a@b app0123456789abCD
          client add --name A --email a@b | client add A a@b null
          client list                   | client list false
          client list --json            | client list true
          client activate app0123456789abCD | client activate app0123456789abCD
          client deactivate app0123456789abCD | client deactivate app0123456789abCD
          verify --json                 | verify true
          tables --json                 | tables true
          sandbox                       | SandboxRequest[port=null, tables=5, fields=110, records=100, seed=1]
          sandbox --port 9 --tables 20 --fields 450 --records 3 --seed 7 | SandboxRequest[port=9, tables=20, fields=450, records=3, seed=7]
          init                          | InitOptions[base=null, tables=[], portal=[], out=mapping, apply=false, json=false]
          init --base app0123456789abCD --table A --table B --portal A.x --out m --apply --json | InitOptions[base=app0123456789abCD, tables=[A, B], portal=[A.x], out=m, apply=true, json=true]
          runs                          | runs list false false
          runs list --all               | runs list true false
          runs --all --json             | runs list true true
          -v runs --all                 | runs list true false
          runs show 7 --json            | runs show 7 true
          conflicts --all               | conflicts list true false
          conflicts --group claim --json | conflicts list false true {group=claim}
          dead-letters --all            | dead-letters list true false
          conflicts list --json         | conflicts list false true
          conflicts list --group claim --since 3d | conflicts list false false {group=claim, since=3d}
          conflicts show 7              | conflicts show 7 false
          conflicts apply 7             | conflicts apply 7
          conflicts apply 7 --value portal | conflicts apply 7 portal
          conflicts apply --all --winner airtable --value portal | conflicts apply all {winner=airtable} portal
          conflicts dismiss 7           | conflicts dismiss 7
          conflicts dismiss --all --run abcd --client app0123456789abCD | conflicts dismiss all {client=app0123456789abCD, run=abcd}
          dead-letters list             | dead-letters list false false
          dead-letters retry 7          | dead-letters retry 7
          dead-letters retry --all      | dead-letters retry all
          dead-letters retry --all --field booked_at | dead-letters retry all {field=booked_at}
          dead-letters discard 7        | dead-letters discard 7
          dead-letters discard --all --reason UUID | dead-letters discard all {reason=UUID}
          user add --email a@b --role CLIENT_USER --client app0123456789abCD | NewUser[email=a@b, role=CLIENT_USER, client=app0123456789abCD, passwordStdin=false]
          user add --email a@b --role SUPER_ADMIN --password-stdin | NewUser[email=a@b, role=SUPER_ADMIN, client=null, passwordStdin=true]
          user list                     | user list false
          """)
  void a_command_asks_for_its_work_and_answers_on_stdout(String line, String asked) {
    assertThat(words(line)).isEqualTo(new Answer(0, "result" + System.lineSeparator(), ""));
    assertThat(recorder.asked).containsExactly(asked);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void the_exit_code_is_that_of_the_work(int code) {
    recorder.answer = code;
    assertThat(run("sync").code()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          snyc                        | no such command: snyc                                        | help
          --frob                      | no such option: --frob                                       | help
          sync 1441                   | lookbackMinutes must be between 1 and 1440 (given: 1441)     | help sync
          sync -5                     | lookbackMinutes must be between 1 and 1440 (given: -5)       | help sync
          sync soon                   | cannot read the window 'soon': give minutes or hours, for example 45, 20m or 6h | help sync
          sync 5 6                    | one too many: 6                                              | help sync
          sandbox --tables 20 --fields 200 | --fields must be between 240 and 2000 (given: 200)    | help sandbox
          init --base app1            | --base must be a base id, app and 14 letters or digits (given: app1), for example appAbCdEfGhIjKlMn | help init
          sync --ful                  | no such option: --ful; did you mean --full?                  | help sync
          sync -20                    | lookbackMinutes must be between 1 and 1440 (given: -20)      | help sync
          sync --client               | Missing required parameter for option '--client' (BASE_ID)   | help sync
          sync --client acme          | --client must be a base id, app and 14 letters or digits (given: acme), for example appAbCdEfGhIjKlMn | help sync
          sync --first mine           | --first must be airtable, portal or newest (given: mine)     | help sync
          check -5                    | one too many: -5                                              | help check
          demo --leads 0              | --leads must be between 1 and 50000 (given: 0)               | help demo
          demo --leads 50001          | --leads must be between 1 and 50000 (given: 50001)           | help demo
          demo --leads many           | Invalid value for option '--leads': 'many' is not an int     | help demo
          demo --port 65536           | --port must be between 0 and 65535 (given: 65536)            | help demo
          demo --port -1              | --port must be between 0 and 65535 (given: -1)               | help demo
          client                      | say which: activate, add, deactivate, list, rename                   | help client
          client drop                 | no such command: drop                                        | help client
          client add --name A | Missing required option: '--email=E'                | help client add
          client add --name A --email a --base app0123456789abCD | --email must be an e-mail address (given: a) | help client add
          client add --name= --email a@b --base app0123456789abCD | --name must not be blank         | help client add
          client activate x           | BASE_ID must be a base id, app and 14 letters or digits (given: x), for example appAbCdEfGhIjKlMn | help client activate
          client deactivate           | Missing required parameter: 'BASE_ID'                        | help client deactivate
          user add --email a@b --role KING | --role must be SUPER_ADMIN, CLIENT_ADMIN or CLIENT_USER (given: KING) | help user add
          conflicts apply 7 --value both | --value must be airtable or portal (given: both)           | help conflicts apply
          dead-letters retry          | give either an ID or --all                                   | help dead-letters retry
          conflicts dismiss           | give either an ID or --all                                   | help conflicts dismiss
          conflicts apply 7 --group claim | --group goes with --all, not with an ID                  | help conflicts apply
          runs list --group claim     | no such option: --group                                      | help runs list
          dead-letters retry 7 --all  | give either an ID or --all                                   | help dead-letters retry
          help nonsense               | no such command: nonsense                                    | help
          help client nonsense        | no such command: client nonsense                             | help client
          """)
  void wrong_usage_is_one_line_and_a_hint_on_stderr(String line, String message, String hint) {
    Answer answer = words(line);
    assertThat(answer.err().lines()).containsExactly(message, "see: reconciler " + hint);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.code()).isEqualTo(2);
    assertThat(recorder.asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--verbose"})
  void without_a_command_the_help_goes_to_stderr(String line) {
    Answer answer = words(line);
    assertThat(answer.err()).contains("Commands:").contains("demo").contains("sync");
    assertThat(answer.out()).isEmpty();
    assertThat(answer.code()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"help", "--help", "-h"})
  void help_that_is_asked_for_goes_to_stdout(String line) {
    Answer answer = words(line);
    assertThat(answer.out()).startsWith("Usage: reconciler").contains("sync").contains("client");
    assertThat(answer.err()).isEmpty();
    assertThat(answer.code()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"help client add", "client add --help", "client --help add", "--help client add"})
  void help_is_that_of_the_last_command_wherever_it_is_asked_for(String line) {
    Answer answer = words(line);
    assertThat(answer.out()).startsWith("Usage: reconciler client add").contains("--base=BASE_ID");
    assertThat(answer).isEqualTo(new Answer(0, answer.out(), ""));
    assertThat(recorder.asked).isEmpty();
  }

  static List<String> everyCommand() {
    Commands all = new CliTest().commands;
    PrintStream nowhere = stream(new ByteArrayOutputStream());
    Console console = new Console(nowhere, nowhere, false, false);
    return names(Cli.commandLine(new RootCommand(console), all, console));
  }

  @ParameterizedTest
  @MethodSource("everyCommand")
  void a_narrow_terminal_gets_whole_words_and_keeps_what_belongs_together(String command) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Console console = new Console(stream(out), stream(out), false, false, false, true, 60);
    Cli.run(command.replaceFirst("reconciler", "help").split(" "), commands, console);
    List<String> lines = text(out).lines().toList();
    assertThat(lines).allMatch(line -> line.length() <= 60);
    int examples =
        lines.indexOf("Example:") < 0 ? lines.indexOf("Examples:") : lines.indexOf("Example:");
    assertThat(lines.get(examples + 1)).startsWith("  reconciler ");
    assertThat(text(out).replaceAll("\\s+", " ")).doesNotContain("acme. example");
  }

  @Test
  void what_went_wrong_is_told_in_whole_words_in_a_terminal_and_in_one_line_elsewhere() {
    for (boolean terminal : List.of(true, false)) {
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      Console console = new Console(stream(err), stream(err), terminal, false, false, true, 60);
      Cli.run(new String[] {"sync", "--client", "nope"}, commands, console);
      List<String> lines = text(err).lines().toList();
      assertThat(lines).hasSize(terminal ? 3 : 2);
      assertThat(lines.get(0).length() <= 60).isEqualTo(terminal);
    }
  }

  @Test
  void examples_that_are_too_long_go_on_further_in() {
    assertThat(
            Footer.fitted(
                new String[] {
                  "Start here:",
                  "  reconciler demo           a tour, with a PostgreSQL and an Airtable of its own",
                  "  reconciler client add --name Acme --email ops@acme.example --base appAbCd"
                },
                40))
        .containsExactly(
            "Start here:",
            "  reconciler demo",
            "      a tour, with a PostgreSQL and an",
            "      Airtable of its own",
            "  reconciler client add --name Acme",
            "      --email ops@acme.example --base",
            "      appAbCd");
  }

  @ParameterizedTest
  @MethodSource("everyCommand")
  void a_command_that_is_named_is_made_alone_and_takes_what_it_took(String command) {
    String first = command.split(" ")[1];
    Commands all = new CliTest().commands;
    Console console = new Console(System.out, System.err, false, false);
    CommandLine whole = Cli.commandLine(new RootCommand(console), all, console);

    CommandLine named = Cli.commandLine(new RootCommand(console), all, console, "-v", first, "x");

    if (all.isNamed(new String[] {first})) {
      assertThat(named.getSubcommands().keySet()).containsExactly(first);
    }
    assertThat(named.getSubcommands().get(first).getUsageMessage())
        .isEqualTo(whole.getSubcommands().get(first).getUsageMessage());
  }

  private static List<String> names(CommandLine line) {
    return line.getSubcommands().values().stream()
        .flatMap(
            command ->
                Stream.concat(
                    Stream.of(command.getCommandSpec().qualifiedName()), names(command).stream()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("everyCommand")
  void every_command_explains_itself_and_its_options_with_an_example(String command) {
    Answer answer = words(command.replaceFirst("reconciler", "help"));
    assertThat(answer.out())
        .contains("Usage: " + command)
        .containsPattern("Examples?:\\R  " + command)
        .doesNotContain("${");
    assertThat(answer.out().lines()).allMatch(line -> line.length() <= 90);
  }

  @Test
  void the_help_of_sync_lists_the_exit_codes() {
    assertThat(run("help", "sync").out())
        .containsSubsequence(
            "Exit codes:", " 0 ", " 1 ", " 2 ", " 3 ", " 4 ", " 5 ", " 130 ", " 143 ");
  }

  @Test
  void the_terms_are_explained_in_whole_words_at_any_width() {
    assertThat(run("help", "terms").out())
        .contains("stage", "grace", "dead letter", "watermark", "agreed value");
    for (int width : new int[] {60, 90, 120}) {
      assertThat(Glossary.lines(width)).allMatch(line -> line.length() <= width);
    }
  }

  @Test
  void the_help_of_the_list_of_runs_is_about_runs() {
    assertThat(run("help", "runs", "list").out()).contains("7 days").doesNotContain("settled");
  }

  @Test
  void help_is_there_on_the_narrowest_terminal() {
    PrintStream out = stream(new ByteArrayOutputStream());
    Console console = new Console(out, out, false, false, false, true, 40);
    assertThat(Cli.run(new String[] {"help"}, commands, console)).isZero();
  }

  @Test
  void a_shell_can_be_taught_the_commands() {
    assertThat(run("completion").out())
        .startsWith("#!/usr/bin/env bash")
        .contains("_complete_reconciler", "dead-letters", "--since");
  }

  @Test
  void only_commands_whose_work_is_there_are_offered() {
    Answer answer = run(new Commands().withSynchronizer(() -> recorder), false, "verify");
    assertThat(answer.err()).startsWith("no such command: verify");
    assertThat(run(new Commands().withSynchronizer(() -> recorder), false, "help").out())
        .doesNotContain("verify");
  }

  @Test
  void the_version_is_that_of_the_build() throws Exception {
    String pom = Files.readString(Path.of("pom.xml"));
    String version = pom.substring(pom.indexOf("<version>") + 9, pom.indexOf("</version>"));
    String expected = "reconciler " + version + System.lineSeparator();
    assertThat(run("--version")).isEqualTo(new Answer(0, expected, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--verbose check", "check --verbose", "-v check -v", "client --verbose list"})
  void verbose_is_heard_before_and_after_the_command(String line) {
    assertThat(words(line).code()).isZero();
    assertThat(recorder.verbose).isTrue();
  }

  @Test
  void a_command_is_not_verbose_unless_asked() {
    run("check");
    assertThat(recorder.verbose).isFalse();
  }

  @Test
  void a_failure_is_one_line_that_names_the_root_cause() {
    recorder.failure =
        new IllegalStateException("no\nconnection", new RuntimeException("refused by db"));
    String line = "reconciler: no connection: refused by db" + System.lineSeparator();
    assertThat(run("sync")).isEqualTo(new Answer(1, "", line));
  }

  @Test
  void a_failure_without_words_is_named_by_its_kind() {
    recorder.failure = new UnsupportedOperationException();
    assertThat(run("sync").err().lines())
        .containsExactly("reconciler: UnsupportedOperationException");
  }

  @Test
  void an_error_of_the_machine_is_a_failure_too() {
    recorder.error = new StackOverflowError();
    assertThat(run("sync").err().lines()).containsExactly("reconciler: StackOverflowError");
    assertThat(run("sync").code()).isEqualTo(1);
  }

  @Test
  void the_stack_trace_is_shown_to_those_who_ask() {
    recorder.failure = new IllegalStateException("broken");
    Answer answer = run("sync", "--verbose");
    assertThat(answer.err().lines().findFirst()).hasValue("reconciler: broken");
    assertThat(answer.err()).contains("CliTest.the_stack_trace_is_shown_to_those_who_ask(");
    assertThat(answer.code()).isEqualTo(1);
  }

  @Test
  void invalid_settings_are_wrong_configuration_one_line_each() {
    recorder.failure = Recorder.invalid();
    Answer answer = run("sync", "--json");
    assertThat(answer.err().lines()).containsExactly("A is missing", "B is malformed");
    assertThat(answer.out()).isEmpty();
    assertThat(answer.code()).isEqualTo(2);
  }

  @Test
  void a_program_that_cannot_be_made_is_reported_like_one_that_fails() {
    Commands broken =
        new Commands()
            .withSynchronizer(
                () -> {
                  throw Recorder.invalid();
                });
    Answer answer = run(broken, false, "sync");
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err().lines()).containsExactly("A is missing", "B is malformed");
  }

  @ParameterizedTest
  @CsvSource({
    "0, No space left on device, false, 1",
    "3, No space left on device, false, 3",
    "5, Input/output error, false, 5",
    "0, Broken pipe, false, 0",
    "0, Datenübergabe unterbrochen, true, 0"
  })
  void output_that_is_lost_is_a_failure_unless_its_reader_left(
      int answer, String why, boolean pipe, int code) {
    recorder.answer = answer;
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream out = new ProcessOutput(new Full(why), pipe);

    int ended =
        Cli.run(
            new String[] {"sync", "--json"}, commands, new Console(out, stream(err), false, false));

    assertThat(ended).isEqualTo(code);
    assertThat(text(err))
        .isEqualTo(
            pipe || why.contains("pipe")
                ? ""
                : "reconciler: not all of the output could be written to stdout: " + why + "\n");
  }

  @Test
  void help_that_is_lost_is_a_failure_too() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream out = new ProcessOutput(new Full("No space left on device"), false);
    String[] help = {"sync", "--help"};
    assertThat(Cli.run(help, commands, new Console(out, stream(err), false, false))).isEqualTo(1);
    assertThat(text(err)).containsOnlyOnce("could be written to stdout");
  }

  /** A place where nothing can be written. */
  private static final class Full extends OutputStream {

    private final String why;

    Full(String why) {
      this.why = why;
    }

    @Override
    public void write(int one) throws IOException {
      throw new IOException(why);
    }
  }

  @Test
  void help_has_colours_only_where_they_can_be_shown() {
    assertThat(run(commands, true, "help", "sync").out())
        .contains("\u001b[")
        .doesNotContain("\\u001b");
    assertThat(run(commands, false, "help", "sync").out()).doesNotContain("\u001b[");
  }
}
