package io.reconciler.service.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reconciler.engine.door.RouteCalls;
import io.reconciler.engine.run.ProgressListener;
import io.reconciler.engine.run.RunRequest;
import io.reconciler.engine.run.Trigger;
import io.reconciler.engine.verify.VerifyOutcome;
import io.reconciler.service.user.User;
import io.reconciler.side.mapping.MappingSet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The comparison of both sides. */
@Controller
class VerifyController {

  private static final String KIND = "verify";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RouteCalls routes;
  private final Jobs jobs;
  private final RowReader rows;
  private final MappingSet mappings;
  private final Followers followers;
  private final LinkReader links;

  VerifyController(PageParts parts, Followers followers) {
    this.followers = followers;
    this.routes = parts.routes();
    this.jobs = parts.jobs();
    this.rows = parts.rows();
    this.mappings = parts.mappings();
    this.links = parts.links();
  }

  @GetMapping("/verify")
  String latest(Model model) {
    model.addAllAttributes(model(jobs.latest(KIND).orElse(null)));
    return "verify";
  }

  @GetMapping("/verify/{id}")
  String one(@PathVariable UUID id, Model model) {
    model.addAllAttributes(model(job(id)));
    return "verify";
  }

  @GetMapping("/verify/{id}/part")
  String part(@PathVariable UUID id, Model model) {
    model.addAllAttributes(model(job(id)));
    return "verify :: part";
  }

  @GetMapping("/verify/{id}/stream")
  @Nullable SseEmitter stream(
      @PathVariable UUID id,
      @AuthenticationPrincipal User user,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    return followers.open("comparison " + id, () -> part(id), user, request, response);
  }

  private LivePart part(UUID id) {
    JobRow job = job(id);
    return new LivePart("verify :: part", model(job), job.isGoing());
  }

  @PostMapping("/verify")
  String start(
      @RequestParam(required = false) @Nullable String client, @AuthenticationPrincipal User user) {
    RunRequest request =
        new RunRequest(
            Trigger.UI,
            user.email(),
            RunRequest.LONGEST,
            RunFilter.chosen(client),
            true,
            true,
            false);
    UUID id =
        jobs.start(
            KIND, user.email(), "Comparison of both sides", progress -> compare(request, progress));
    return "redirect:/verify/" + id;
  }

  @GetMapping("/verify/{id}/differences.csv")
  void csv(@PathVariable UUID id, HttpServletResponse response) throws IOException {
    VerifyView view = view(job(id), rows::titles, LinkNames.NONE);
    response.setContentType("text/csv");
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    response.setHeader(
        "Content-Disposition", "attachment; filename=\"differences-" + id + ".csv\"");
    PrintWriter out = response.getWriter();
    out.write(
        Csv.line(
            List.of(
                "client", "table", "record", "name", "field", "airtable", "postgresql", "why")));
    for (VerifyView.Line line : view.lines()) {
      out.write(
          Csv.line(
              List.of(
                  line.client(),
                  line.table(),
                  line.title().recordId(),
                  line.title().name(),
                  line.field(),
                  text(line.airtable()),
                  text(line.here()),
                  line.why())));
    }
  }

  private JsonNode compare(RunRequest request, JobProgress progress) {
    Object answer =
        routes.call(
            "direct:verify",
            request,
            new ProgressListener() {
              @Override
              public void records(long done) {
                progress.done(done);
              }
            });
    ObjectNode result = JSON.createObjectNode();
    ArrayNode outcomes = result.putArray("outcomes");
    for (Object each : (List<?>) answer) {
      VerifyOutcome outcome = (VerifyOutcome) each;
      ObjectNode row =
          outcomes
              .addObject()
              .put("client", outcome.client().name())
              .put("base", outcome.client().baseId())
              .put("failure", outcome.failure());
      if (outcome.result() != null) {
        row.set("result", JSON.valueToTree(outcome.result()));
      }
    }
    return result;
  }

  private JobRow job(UUID id) {
    return jobs.read(id)
        .filter(job -> job.kind().equals(KIND))
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private Map<String, @Nullable Object> model(@Nullable JobRow job) {
    Map<String, @Nullable Object> model = new HashMap<>();
    model.put("job", job);
    model.put("view", job == null || job.result().isMissingNode() ? null : view(job));
    return model;
  }

  private VerifyView view(JobRow job) {
    VerifyView.Titles titles = once(rows::titles);
    return links.with(names -> view(job, titles, names));
  }

  // The view is made twice for the names of its links, of the same records.
  private static VerifyView.Titles once(VerifyView.Titles titles) {
    Map<List<Object>, Map<String, RowTitle>> known = new HashMap<>();
    return (mapping, base, ids) ->
        known.computeIfAbsent(
            List.of(mapping.name(), base, ids), asked -> titles.of(mapping, base, ids));
  }

  private VerifyView view(JobRow job, VerifyView.Titles titles, LinkNames names) {
    return VerifyView.of(
        job.result(),
        name -> mappings.named(name).orElseGet(() -> mappings.inOrder().get(0)),
        titles,
        names);
  }

  private static String text(Value value) {
    return value.kind() == Value.Kind.NOTHING ? "" : value.text();
  }
}
