package io.reconciler.program.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.reconciler.engine.run.RunResult;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.world.SideBySide;
import io.reconciler.world.TestDatabase;
import io.reconciler.world.World;
import io.reconciler.world.WorldTest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The engine's tables in a file and back, by the commands that the operations page names. */
@SideBySide
class BackupTest extends WorldTest {

  private static final World OWN = World.open(Map.of());
  private static final Duration DAY = Duration.ofHours(25);
  private static final String OTHER_BASE = "appOtherDatabase1";

  @TempDir private Path folder;

  BackupTest() {
    super(OWN);
  }

  @AfterAll
  static void close() {
    OWN.close();
  }

  @Test
  void the_documented_commands_bring_a_day_old_state_back_and_the_sides_into_step() {
    List<String> ids = reconciled(3);
    fullSync();
    documented("Backup", 0);
    anotherDay(ids);
    claim(ids.get(0), ALICE, Duration.ofHours(2));
    fullSync();
    leads.update(ids.get(1), Map.of("First Name", "Newer"));
    claim(ids.get(2), BOB, GRACE_OVER);
    world.jdbc().sql("drop schema reconciler cascade").update();

    documented("Restore", 0);

    assertThat(world.sides().differences()).isEmpty();
    assertThat(cell(ids.get(2), "Claimed By")).isEqualTo(BOB.toString());
    assertThat(world.count("select count(*) from reconciler.conflict")).isZero();
    assertThat(world.count("select count(*) from reconciler.run")).isEqualTo(3);
    nothingIsLeft();
  }

  @Test
  void no_edit_of_the_day_between_is_lost_and_what_came_back_to_its_old_value_is_a_conflict() {
    List<String> ids = reconciled(6);
    fullSync();
    backup("day.zip");
    anotherDay(ids);
    claim(ids.get(0), ALICE, Duration.ofHours(3));
    claim(ids.get(1), ALICE, Duration.ofHours(3));
    leads.update(ids.get(2), Map.of("Claimed By", ALICE.toString()));
    String young = leads.create(Map.of("First Name", "Young"));
    fullSync();
    claim(young, ALICE, Duration.ofHours(2));
    fullSync();
    // Taken back where it was not made, and neither brought over yet.
    leads.update(ids.get(1), clear("Claimed By", "Claimed At"));
    unclaim(ids.get(2), Duration.ofMinutes(-3));
    unclaim(young, Duration.ofMinutes(-3));
    claim(ids.get(3), BOB, Duration.ofMinutes(30));
    leads.update(ids.get(4), Map.of("Claimed By", BOB.toString()));
    restore("day.zip");
    world
        .jdbc()
        .sql("update leads set updated_at = now() - interval '2 minutes' where updated_at > now()")
        .update();
    leads.setModified(ids.get(2), java.time.Instant.now().minusSeconds(600));
    leads.setModified(young, java.time.Instant.now().minusSeconds(600));

    RunResult dry = succeeded(world.run(dryRun(true)));
    RunResult real = fullSync();

    assertThat(dry.stage1()).isEqualTo(real.stage1());
    assertThat(dry.stage2()).isEqualTo(real.stage2());
    assertThat(world.sides().differences()).isEmpty();
    assertThat(cell(ids.get(0), "Claimed By")).isEqualTo(ALICE.toString());
    assertThat(world.lead(ids.get(1)).get("claimed_by")).isNull();
    assertThat(cell(ids.get(2), "Claimed By")).isEmpty();
    assertThat(cell(young, "Claimed By")).isEmpty();
    assertThat(cell(ids.get(3), "Claimed By")).isEqualTo(BOB.toString());
    assertThat(world.lead(ids.get(4))).containsEntry("claimed_by", BOB);
    assertThat(conflicts())
        .containsExactlyInAnyOrder(
            ids.get(1) + " airtable open " + ALICE,
            ids.get(2) + " portal open " + ALICE,
            young + " portal open " + ALICE);
    nothingIsLeft();
  }

  @Test
  void the_first_run_after_a_restore_goes_back_to_the_backup_whatever_its_window() {
    List<String> ids = reconciled(2);
    fullSync();
    backup("day.zip");
    anotherDay(ids);
    leads.update(ids.get(0), Map.of("Claimed By", ALICE.toString()));
    leads.setModified(ids.get(0), java.time.Instant.now().minus(Duration.ofHours(5)));
    restore("day.zip");
    assertThat(doubted()).isEqualTo(1);

    RunResult run = sync();

    assertThat(run.stage1().recordsProcessed()).isEqualTo(1);
    assertThat(world.lead(ids.get(0))).containsEntry("claimed_by", ALICE);
    assertThat(doubted()).isZero();
  }

  @Test
  void one_of_another_database_is_refused_until_it_is_forced() {
    reconciled(2);
    fullSync();
    Path own = backup("own.zip");
    Map<String, String> other = otherDatabase();
    Path others = folder.resolve("other.zip");
    assertThat(CommandAnswer.to(other, "", "backup", others.toString()).code()).isZero();
    List<String> before = state();
    String clients = "select id::text from clients";
    String client = text(clients);
    String otherClient;
    try (HikariDataSource pool = TestDatabase.pool(other.get("DATABASE_URL"))) {
      otherClient = JdbcClient.create(pool).sql(clients).query(String.class).single();
    }

    alone();
    CommandAnswer refused = command("restore", others.toString());

    assertThat(refused.err())
        .isEqualTo(
            "%s is of another database: it has the client %s (%s), and this database has the client %s (%s); set DATABASE_URL to its own, or add --force to lose what the engine knows of these\n"
                .formatted(others, OTHER_BASE, otherClient, world.baseId(), client));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.out()).isEmpty();
    assertThat(state()).isEqualTo(before);
    assertThat(world.sides().differences()).isEmpty();

    alone();
    CommandAnswer forced = command("restore", others.toString(), "--force");

    assertThat(forced.err())
        .isEqualTo(
            "%s holds rows of clients that this database does not have: the client %s (%s); they mean nothing here\n"
                .formatted(others, OTHER_BASE, otherClient));
    assertThat(forced.code()).isZero();
    assertThat(text("select string_agg(distinct base_id, ',') from reconciler.run"))
        .isEqualTo(OTHER_BASE);
    restore("own.zip");
    assertThat(state().size()).isEqualTo(before.size());
    assertThat(world.sides().differences()).isEmpty();
    nothingIsLeft();
  }

  @Test
  void one_that_holds_nothing_replaces_nothing_until_it_is_forced() {
    reconciled(1);
    List<String> before = state();
    Map<String, String> empty = new HashMap<>(world.environment());
    empty.put("DATABASE_URL", TestDatabase.migratedUrl());
    Path file = folder.resolve("empty.zip");
    assertThat(CommandAnswer.to(empty, "", "backup", file.toString()).code()).isZero();

    refused(file, "is of another database: the backup holds nothing of any client");

    assertThat(state()).isEqualTo(before);
    assertThat(world.sides().differences()).isEmpty();
    alone();
    assertThat(command("restore", file.toString(), "--force").code()).isZero();
    assertThat(world.count("select count(*) from reconciler.agreed_value")).isZero();
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void a_database_that_is_new_takes_every_backup() {
    reconciled(2);
    Path file = backup("a.zip");
    Map<String, String> fresh = new HashMap<>(world.environment());
    fresh.put("DATABASE_URL", TestDatabase.url());

    CommandAnswer answer = CommandAnswer.to(fresh, "", "restore", file.toString());

    assertThat(answer.err()).startsWith("first start in the database").hasLineCount(1);
    assertThat(answer.code()).isZero();
    try (HikariDataSource pool = TestDatabase.pool(fresh.get("DATABASE_URL"))) {
      assertThat(
              JdbcClient.create(pool)
                  .sql("select count(*) from reconciler.agreed_value")
                  .query(Long.class)
                  .single())
          .isEqualTo(2);
    }
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void a_client_that_is_gone_since_is_named_and_the_others_come_back() {
    reconciled(2);
    UUID gone = UUID.fromString("0a0a0a0a-0000-4000-8000-000000000001");
    world
        .jdbc()
        .sql("insert into reconciler.watermark (client_id, table_name) values (?, 'leads')")
        .param(gone)
        .update();
    Path file = backup("a.zip");
    world.jdbc().sql("delete from reconciler.agreed_value").update();

    alone();
    CommandAnswer answer = command("restore", file.toString());

    assertThat(answer.err())
        .isEqualTo(
            file
                + " holds rows of clients that this database does not have: the client "
                + gone
                + "; they mean nothing here\n");
    assertThat(answer.code()).isZero();
    assertThat(world.count("select count(*) from reconciler.agreed_value")).isEqualTo(2);
    assertThat(world.sides().differences()).isEmpty();
  }

  /** A database with a client of its own, whose base is reconciled. */
  private Map<String, String> otherDatabase() {
    SandboxTable records =
        world
            .sandbox()
            .base(OTHER_BASE)
            .addTable(World.defaultMapping().table(), World.fields(World.defaultMapping()));
    records.create(Map.of("First Name", "Other"));
    Map<String, String> other = new HashMap<>(world.environment());
    other.put("DATABASE_URL", TestDatabase.migratedUrl());
    other.put("AIRTABLE_BASE_ID", OTHER_BASE);
    CommandAnswer answer = CommandAnswer.to(other, "", "sync", "--full");
    assertThat(answer.code()).as(answer.err()).isZero();
    return other;
  }

  @Test
  void a_backup_is_its_owners_alone_and_never_written_over() throws IOException {
    reconciled(1);
    Path file = backup("a.zip");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    CommandAnswer again = command("backup", file.toString());
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("is there already");
    assertThat(again.out()).isEmpty();
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void a_restore_waits_for_nobody_while_the_service_is_connected() {
    reconciled(1);
    Path file = backup("a.zip");
    world.count("select 1");

    CommandAnswer busy = command("restore", file.toString());

    assertThat(busy.code()).isEqualTo(4);
    assertThat(busy.err()).contains("stop the service");
  }

  @Test
  void what_is_no_backup_is_newer_or_damaged_changes_nothing() throws IOException {
    reconciled(2);
    Path file = backup("a.zip");
    sync();
    List<String> before = state();
    Path text = Files.writeString(folder.resolve("text.zip"), "no zip");
    Path cut = Files.write(folder.resolve("cut.zip"), half(file));
    Path newer = changed(file, "newer.zip", "\"schema\" : \"[0-9]+\"", "\"schema\" : \"9999\"");
    Path other = changed(file, "other.zip", "\"format\" : 1", "\"format\" : 2");
    Path fewer = changed(file, "fewer.zip", "\"rows\" : 2", "\"rows\" : 3");
    Path strange = changed(file, "strange.zip", "\"agreed_value\"", "\"pg_class; drop\"");

    refused(folder.resolve("none.zip"), "there is no file");
    refused(text, "is no backup");
    refused(cut, "is no backup");
    refused(newer, "newer version (schema 9999");
    refused(other, "a form (2) that this version does not know");
    refused(fewer, "is damaged: the rows of agreed_value");
    refused(strange, "has no place for the table pg_class; drop");

    assertThat(state()).isEqualTo(before);
  }

  @Test
  void a_file_that_cannot_be_written_is_told_with_why_and_nothing_is_left() throws IOException {
    reconciled(1);
    List<String> before = state();
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    Files.createDirectories(folder.resolve("part.zip.part").resolve("full"));

    unwritable(folder.resolve("none/a.zip"), "there is no folder " + folder.resolve("none"));
    unwritable(file.resolve("a.zip"), "Not a directory");
    unwritable(folder.resolve("part.zip"), "DirectoryNotEmptyException: " + folder);

    try (var left = Files.list(folder)) {
      assertThat(left).containsExactlyInAnyOrder(file, folder.resolve("part.zip.part"));
    }
    assertThat(state()).isEqualTo(before);
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void a_folder_is_no_backup_to_restore() throws IOException {
    reconciled(1);
    List<String> before = state();

    refused(folder, folder + " can't be read: it is a folder\n");

    assertThat(state()).isEqualTo(before);
    assertThat(world.sides().differences()).isEmpty();
  }

  @Test
  void a_file_without_the_right_to_it_is_told_as_such() throws IOException {
    reconciled(1);
    Path file = backup("a.zip");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("-w-------"));
    // Root may read everything.
    Assumptions.assumeFalse(Files.isReadable(file));

    refused(file, file + " can't be read: permission denied\n");
  }

  private void unwritable(Path file, String why) {
    CommandAnswer answer = command("backup", file.toString());
    assertThat(answer.err()).startsWith(file + " can't be written: " + why).hasLineCount(1);
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.out()).isEmpty();
  }

  @Test
  void an_empty_database_has_nothing_to_back_up() {
    world.jdbc().sql("alter schema reconciler rename to away").update();
    try {
      CommandAnswer answer = command("backup", folder.resolve("a.zip").toString());
      assertThat(answer.code()).isEqualTo(2);
      assertThat(answer.err()).contains("never started in this database");
    } finally {
      world.jdbc().sql("alter schema away rename to reconciler").update();
    }
  }

  private void refused(Path file, String why) {
    alone();
    CommandAnswer answer = command("restore", file.toString());
    assertThat(answer.err()).contains(why);
    assertThat(answer.code()).isEqualTo(2);
  }

  /** The commands of a section of the operations page, in its first block. */
  private void documented(String section, int code) {
    for (String line : commands(section)) {
      alone();
      String command = line.replaceAll("#.*", "").strip().replaceAll("/var/backups/.*zip", "FILE");
      CommandAnswer answer =
          command(command.replace("FILE", folder.resolve("kept.zip").toString()).split(" "));
      assertThat(answer.code()).as(line + ": " + answer.err()).isEqualTo(code);
    }
  }

  private static List<String> commands(String section) {
    try {
      String page = Files.readString(Path.of("docs", "operations.md"));
      String block =
          Pattern.compile("(?s)\n##+ " + section + "\n.*?```sh\n(.*?)```")
              .matcher(page)
              .results()
              .map(match -> match.group(1))
              .findFirst()
              .orElseThrow();
      List<String> lines =
          block
              .lines()
              .filter(l -> l.startsWith("./reconciler "))
              .map(l -> l.substring(13))
              .toList();
      assertThat(lines).isNotEmpty();
      return lines;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Path backup(String name) {
    Path file = folder.resolve(name);
    CommandAnswer answer = command("backup", file.toString());
    assertThat(answer.err() + answer.code()).isEqualTo("0");
    return file;
  }

  private void restore(String name) {
    alone();
    CommandAnswer answer = command("restore", folder.resolve(name).toString());
    assertThat(answer.err() + answer.code()).isEqualTo("0");
    assertThat(answer.out()).contains("next: reconciler sync --full --dry-run");
  }

  private CommandAnswer command(String... words) {
    return CommandAnswer.to(world, words);
  }

  /** The world's own connections end, as those of a service that is stopped. */
  private void alone() {
    HikariPoolMXBean pool = world.database().getHikariPoolMXBean();
    Awaitility.await()
        .until(
            () -> {
              // One that is just in use goes when it comes back.
              pool.softEvictConnections();
              return pool.getTotalConnections() == 0;
            });
  }

  /** What both sides hold, and what was backed up, is a day old now. */
  private void anotherDay(List<String> ids) {
    world.jdbc().sql("update leads set updated_at = updated_at - interval '25 hours'").update();
    ids.forEach(id -> leads.setModified(id, leads.modified(id).minus(DAY)));
    Path file = folder.resolve(Files.exists(folder.resolve("day.zip")) ? "day.zip" : "kept.zip");
    rewrite(file, file, (name, text) -> name.endsWith("watermark.copy") ? dayBefore(text) : text);
  }

  private static String dayBefore(String watermarks) {
    return Pattern.compile("\\d{4}-\\d\\d-\\d\\d")
        .matcher(watermarks)
        .replaceAll(day -> java.time.LocalDate.parse(day.group()).minusDays(1).toString());
  }

  private Path changed(Path file, String name, String pattern, String by) {
    Path other = folder.resolve(name);
    rewrite(
        file,
        other,
        (entry, text) -> entry.endsWith(".json") ? text.replaceFirst(pattern, by) : text);
    return other;
  }

  private static void rewrite(
      Path from, Path to, java.util.function.BinaryOperator<String> change) {
    try {
      Path part = to.resolveSibling("part");
      try (ZipFile zip = new ZipFile(from.toFile());
          OutputStream file = Files.newOutputStream(part);
          ZipOutputStream out = new ZipOutputStream(file)) {
        for (ZipEntry entry : java.util.Collections.list(zip.entries())) {
          String text =
              new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
          out.putNextEntry(new ZipEntry(entry.getName()));
          out.write(change.apply(entry.getName(), text).getBytes(StandardCharsets.UTF_8));
          out.closeEntry();
        }
      }
      Files.move(part, to, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static byte[] half(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return java.util.Arrays.copyOf(bytes, bytes.length / 2);
  }

  private static Map<String, Object> clear(String... fields) {
    Map<String, Object> cells = new java.util.HashMap<>();
    for (String field : fields) {
      cells.put(field, null);
    }
    return cells;
  }

  private List<String> conflicts() {
    return world
        .jdbc()
        .sql(
            "select airtable_record_id || ' ' || winner || ' ' || status || ' ' || coalesce("
                + "nullif(case winner when 'portal' then airtable else portal end ->> 'claimed_by',"
                + " ''), 'nobody') from reconciler.conflict")
        .query(String.class)
        .list();
  }

  private List<String> state() {
    return world
        .jdbc()
        .sql(
            "select r::text from reconciler.run r union all select a::text from"
                + " reconciler.agreed_value a union all select w::text from reconciler.watermark w"
                + " order by 1")
        .query(String.class)
        .list();
  }

  private long doubted() {
    return world.count("select count(*) from reconciler.watermark where doubted_since is not null");
  }

  private void nothingIsLeft() {
    world.sandbox().clearLogs();
    RunResult again = fullSync();
    assertThat(again.stage1().updated() + again.stage2().updated()).isZero();
    assertThat(writes()).isZero();
    assertThat(doubted()).isZero();
  }
}
