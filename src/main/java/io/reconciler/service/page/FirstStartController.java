package io.reconciler.service.page;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** Leads whoever sets this up from a token to the first run. */
@Controller
class FirstStartController {

  private final FirstStart start;

  FirstStartController(FirstStart start) {
    this.start = start;
  }

  @GetMapping("/first-start")
  String show() {
    return "first-start";
  }

  @PostMapping("/first-start/test")
  String test(Model model) {
    model.addAttribute("seen", start.test());
    return "first-start";
  }
}
