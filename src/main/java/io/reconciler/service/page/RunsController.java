package io.reconciler.service.page;

import io.reconciler.service.user.User;
import io.reconciler.side.mapping.MappingSet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The history of runs, one run with what it changed, and the runs that go on now. */
@Controller
class RunsController {

  private static final int PAGE = 50;

  /** Pages that follow runs at the same time are served by one reading. */
  private static final Duration FRESH = Duration.ofMillis(500);

  private final RunReader runs;
  private final RunParts parts;
  private final ChangeReader changes;
  private final MappingSet mappings;
  private final FilterChoices choices;
  private final Followers followers;

  RunsController(PageParts pages, RunParts parts, FilterChoices choices, Followers followers) {
    this.runs = pages.runs();
    this.parts = parts;
    this.changes = pages.changes();
    this.mappings = pages.mappings();
    this.choices = choices;
    this.followers = followers;
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
    model.addAttribute("clients", choices.clients());
    model.addAttribute("tables", mappings.inOrder());
    model.addAttribute("latest", !filter.isChosen() && after == null && last != null);
    String only = filter.table();
    model.addAttribute(
        "runs", parts.views(only == null ? page : page.stream().map(run -> run.of(only)).toList()));
    model.addAttribute(
        "next",
        found.size() > PAGE && last != null ? new Cursor(last.started(), last.id()).text() : null);
    return "runs";
  }

  @GetMapping("/runs/live")
  String live(@RequestParam String since, Model model) {
    model.addAllAttributes(parts.live(instant(since)).model());
    return "live";
  }

  @GetMapping("/runs/live/part")
  String livePart(@RequestParam String since, Model model, HttpServletResponse response) {
    LivePart part = parts.live(instant(since));
    model.addAllAttributes(part.model());
    if (!part.going()) {
      OpenController.changed(response);
    }
    return part.template();
  }

  @GetMapping("/runs/live/stream")
  @Nullable SseEmitter liveStream(
      @RequestParam String since,
      @AuthenticationPrincipal User user,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Instant from = instant(since);
    return followers.open(
        "runs since " + from, () -> parts.live(from, FRESH), user, request, response);
  }

  @GetMapping("/runs/{id}")
  String one(@PathVariable UUID id, @RequestParam(defaultValue = "0") long after, Model model) {
    model.addAllAttributes(parts.one(id).model());
    List<ChangeView> found = changes.ofRun(id, after, PAGE + 1);
    List<ChangeView> page = found.subList(0, Math.min(PAGE, found.size()));
    model.addAttribute("changes", page);
    model.addAttribute("after", after);
    model.addAttribute("next", found.size() > PAGE ? page.get(page.size() - 1).row().id() : null);
    return "run";
  }

  @GetMapping("/runs/{id}/part")
  String onePart(@PathVariable UUID id, Model model, HttpServletResponse response) {
    LivePart part = parts.one(id);
    model.addAllAttributes(part.model());
    if (!part.going()) {
      // What it changed is to be seen as well now.
      response.setHeader("HX-Refresh", "true");
    }
    return part.template();
  }

  @GetMapping("/runs/{id}/stream")
  @Nullable SseEmitter oneStream(
      @PathVariable UUID id,
      @AuthenticationPrincipal User user,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    return followers.open("run " + id, () -> parts.one(id), user, request, response);
  }

  @GetMapping("/runs/{id}/changes.csv")
  void csv(@PathVariable UUID id, HttpServletResponse response) throws IOException {
    parts.one(id);
    response.setContentType("text/csv");
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    response.setHeader("Content-Disposition", "attachment; filename=\"run-" + id + ".csv\"");
    PrintWriter out = response.getWriter();
    out.write(
        Csv.line(List.of("time", "table", "record", "name", "change", "field", "from", "to")));
    changes.eachOfRun(id, change -> ChangeLines.of(change).forEach(out::write));
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
    }
  }
}
