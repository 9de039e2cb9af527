package io.reconciler.service.page;

import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** The history of runs, one run with what it changed, and the runs that go on now. */
@Controller
class RunsController {

  private static final int PAGE = 50;

  private final RunReader runs;
  private final ChangeReader changes;
  private final MappingSet mappings;
  private final Lists lists;
  private final Clock clock;

  RunsController(PageParts parts, Lists lists, Clock clock) {
    this.runs = parts.runs();
    this.changes = parts.changes();
    this.mappings = parts.mappings();
    this.lists = lists;
    this.clock = clock;
  }

  @GetMapping("/runs")
  String list(
      @RequestParam(required = false) @Nullable String client,
      @RequestParam(required = false) @Nullable String table,
      @RequestParam(required = false) @Nullable String trigger,
      @RequestParam(required = false) @Nullable String outcome,
      @RequestParam(required = false) @Nullable String requester,
      @RequestParam(required = false) @Nullable String after,
      Model model) {
    RunFilter filter = RunFilter.of(client, table, trigger, outcome, requester);
    List<RunRow> found = runs.list(filter, Cursor.of(after), PAGE + 1);
    List<RunRow> page = found.subList(0, Math.min(PAGE, found.size()));
    RunRow last = page.isEmpty() ? null : page.get(page.size() - 1);
    model.addAttribute("filter", filter);
    model.addAttribute("clients", lists.clients());
    model.addAttribute("tables", mappings.inOrder());
    model.addAttribute("latest", !filter.isChosen() && after == null && last != null);
    String only = filter.table();
    model.addAttribute(
        "runs", views(only == null ? page : page.stream().map(run -> run.of(only)).toList()));
    model.addAttribute(
        "next",
        found.size() > PAGE && last != null ? new Cursor(last.started(), last.id()).text() : null);
    return "runs";
  }

  @GetMapping("/runs/live")
  String live(@RequestParam String since, Model model) {
    addLive(since, model);
    return "live";
  }

  @GetMapping("/runs/live/part")
  String livePart(@RequestParam String since, Model model, HttpServletResponse response) {
    if (!addLive(since, model)) {
      OpenController.changed(response);
    }
    return "live :: part";
  }

  @GetMapping("/runs/{id}")
  String one(@PathVariable UUID id, @RequestParam(defaultValue = "0") long after, Model model) {
    addRun(id, model);
    List<ChangeView> found = changes.ofRun(id, after, PAGE + 1);
    List<ChangeView> page = found.subList(0, Math.min(PAGE, found.size()));
    model.addAttribute("changes", page);
    model.addAttribute("after", after);
    model.addAttribute("next", found.size() > PAGE ? page.get(page.size() - 1).row().id() : null);
    return "run";
  }

  @GetMapping("/runs/{id}/part")
  String onePart(@PathVariable UUID id, Model model, HttpServletResponse response) {
    addRun(id, model);
    if (!run(id).isRunning()) {
      // What it changed is to be seen as well now.
      response.setHeader("HX-Refresh", "true");
    }
    return "run :: part";
  }

  @GetMapping("/runs/{id}/changes.csv")
  void csv(@PathVariable UUID id, HttpServletResponse response) throws IOException {
    run(id);
    response.setContentType("text/csv");
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    response.setHeader("Content-Disposition", "attachment; filename=\"run-" + id + ".csv\"");
    PrintWriter out = response.getWriter();
    out.write(
        Csv.line(List.of("time", "table", "record", "name", "change", "field", "from", "to")));
    changes.eachOfRun(id, change -> ChangeLines.of(change).forEach(out::write));
  }

  private void addRun(UUID id, Model model) {
    model.addAttribute("tableNames", tableNames());
    model.addAttribute("run", RunView.of(run(id), clock.instant()));
  }

  private RunRow run(UUID id) {
    return runs.one(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  // By the names of their mappings, as runs keep them.
  private Map<String, String> tableNames() {
    return mappings.inOrder().stream().collect(Collectors.toMap(Mapping::name, Mapping::table));
  }

  private boolean addLive(String since, Model model) {
    model.addAttribute("tableNames", tableNames());
    List<RunView> views = views(runs.live(instant(since)));
    model.addAttribute("since", since);
    model.addAttribute("runs", views);
    boolean going =
        views.isEmpty() || views.stream().anyMatch(v -> v.row().isRunning() && !v.lost());
    model.addAttribute("going", going);
    return going;
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
    }
  }

  private List<RunView> views(List<RunRow> rows) {
    Instant now = clock.instant();
    return rows.stream().map(row -> RunView.of(row, now)).toList();
  }
}
