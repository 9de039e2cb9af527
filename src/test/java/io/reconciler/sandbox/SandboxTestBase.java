package io.reconciler.sandbox;

import io.reconciler.sandbox.table.SandboxBase;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.world.MutableClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** A sandbox with one small table, without a rate limit, on a clock that stands still. */
public abstract class SandboxTestBase {

  static final String BASE = "appSandbox0000001";
  static final String TABLE = "/" + BASE + "/Leads";
  static final String UNKNOWN = "recUnknown0000001";

  final MutableClock clock = new MutableClock("2026-03-04T12:00:00Z");
  final Sandbox sandbox = Sandbox.start(options(SandboxOptions.defaults().withClock(clock)));
  protected final SandboxBase base = sandbox.base(BASE);
  final SandboxTable table =
      base.addTable(
          "Leads",
          List.of(
              SandboxField.of("Name", "singleLineText"),
              SandboxField.of("Email", "email"),
              SandboxField.of("Score", "number"),
              SandboxField.of("Stop", "checkbox"),
              SandboxField.select("Status", "New", "Done"),
              SandboxField.of("Tags", "multipleSelects").withChoices(List.of("a", "b")),
              SandboxField.of("At", "dateTime"),
              SandboxField.of("Day", "date"),
              SandboxField.of("Notes", "multilineText"),
              SandboxField.of("Sum", "formula"),
              SandboxField.lastModified("Changed"),
              SandboxField.lastModified("Name Changed", "Name")));
  final SandboxClient client = new SandboxClient(sandbox, "patGood");

  SandboxOptions options(SandboxOptions usual) {
    return usual.withRequestsPerSecond(0).withTokens("patGood", "patOther");
  }

  @AfterEach
  protected void stop() {
    sandbox.close();
  }

  List<String> create(int count) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(table.create(Map.of("Name", "Lead " + i, "Score", i)));
    }
    return ids;
  }

  /** Reads a whole listing, page by page; returns the record ids. */
  List<String> listAll(String query) throws IOException, InterruptedException {
    List<String> ids = new ArrayList<>();
    String offset = "";
    do {
      SandboxClient.Answer page = client.get(TABLE + "?" + query + "&offset=" + offset);
      ids.addAll(page.ids());
      offset = page.offset();
    } while (!offset.isEmpty());
    return ids;
  }
}
