package io.reconciler.service.page;

import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** What somebody asked for, while it goes on and after. */
@Controller
class JobsController {

  private final Jobs jobs;
  private final JobViews views;

  JobsController(Jobs jobs, JobViews views) {
    this.jobs = jobs;
    this.views = views;
  }

  @GetMapping("/jobs/{id}")
  String show(@PathVariable UUID id, Model model) {
    add(id, model);
    return "job";
  }

  @GetMapping("/jobs/{id}/part")
  String part(@PathVariable UUID id, Model model, HttpServletResponse response) {
    if (!add(id, model).isGoing()) {
      OpenController.changed(response);
    }
    return "job :: part";
  }

  private JobRow add(UUID id, Model model) {
    JobRow job = jobs.read(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    model.addAttribute("job", job);
    model.addAttribute("active", JobViews.place(job.kind()));
    model.addAttribute("view", views.of(job));
    return job;
  }
}
