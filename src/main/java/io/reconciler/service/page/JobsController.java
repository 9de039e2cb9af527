package io.reconciler.service.page;

import io.reconciler.service.user.User;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What somebody asked for, while it goes on and after. */
@Controller
class JobsController {

  private final Jobs jobs;
  private final JobViews views;
  private final Followers followers;

  JobsController(Jobs jobs, JobViews views, Followers followers) {
    this.jobs = jobs;
    this.views = views;
    this.followers = followers;
  }

  @GetMapping("/jobs/{id}")
  String show(@PathVariable UUID id, Model model) {
    model.addAllAttributes(part(id).model());
    return "job";
  }

  @GetMapping("/jobs/{id}/part")
  String part(@PathVariable UUID id, Model model, HttpServletResponse response) {
    LivePart part = part(id);
    model.addAllAttributes(part.model());
    if (!part.going()) {
      OpenController.changed(response);
    }
    return part.template();
  }

  @GetMapping("/jobs/{id}/stream")
  @Nullable SseEmitter stream(
      @PathVariable UUID id,
      @AuthenticationPrincipal User user,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    return followers.open("job " + id, () -> part(id), user, request, response);
  }

  private LivePart part(UUID id) {
    JobRow job = jobs.read(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    Map<String, @Nullable Object> model = new HashMap<>();
    model.put("job", job);
    model.put("active", JobViews.place(job.kind()));
    model.put("view", views.of(job));
    return new LivePart("job :: part", model, job.isGoing());
  }
}
