package io.reconciler.program.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.sandbox.samples.SampleBase;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingFolder;
import io.reconciler.world.SideBySide;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A base of 20 tables and 450 fields of every type, from init to an idle run. */
@SideBySide(SideBySide.Lane.COMMANDS)
class EveryTypeTest {

  private static final int TABLES = 20;
  private static final int RECORDS = 25;

  @TempDir private Path folder;

  @Test
  void from_init_to_an_idle_run_nothing_is_lost_and_nothing_is_written_twice() throws IOException {
    try (CommandWorld world = new CommandWorld(folder)) {
      from_init_to_an_idle_run(world);
    }
  }

  private void from_init_to_an_idle_run(CommandWorld world) throws IOException {
    SampleBase.fill(
        world.base(), new SampleBase.Size(TABLES, 450, RECORDS), 7, Clock.systemUTC().instant());

    CommandWorld.Answer init = world.run("init", "--out", folder.toString(), "--apply");
    assertThat(init.code()).as(init.err()).isZero();
    CommandWorld.Answer check = world.run("check", "--json");
    assertThat(check.json().path("lines").findValuesAsText("status"))
        .as(check.out())
        .doesNotContain("failed");

    CommandWorld.Answer full = world.run("sync", "--full", "--json");
    assertThat(full.code()).as(full.out() + full.err()).isZero();
    assertThat(full.json().at("/stage1/inserted").asInt()).isEqualTo(TABLES * RECORDS);
    CommandWorld.Answer verify = world.run("verify", "--json");
    assertThat(verify.code()).as(verify.out() + verify.err()).isZero();
    for (Mapping mapping : MappingFolder.read(folder).inOrder()) {
      assertThat(
              world
                  .jdbc()
                  .sql("select count(*) from " + mapping.postgres().table())
                  .query(Integer.class)
                  .single())
          .isEqualTo(RECORDS);
    }

    world.sandbox().clearLogs();
    JsonNode idle = world.run("sync", "--json").json();
    assertThat(world.sandbox().writes()).isEmpty();
    assertThat(idle.at("/stage1/inserted").asInt()).isZero();
    assertThat(idle.at("/stage1/updated").asInt()).isZero();
    assertThat(idle.at("/stage1/errorCount").asInt()).isZero();
    assertThat(idle.at("/stage2/updated").asInt()).isZero();
    assertThat(world.sandbox().requests().size()).isLessThanOrEqualTo(TABLES + 1);
  }
}
