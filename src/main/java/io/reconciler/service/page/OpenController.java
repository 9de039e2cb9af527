package io.reconciler.service.page;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What is open, for pages that are looked at while it changes. */
@Controller
class OpenController {

  /** Which of the two a page says in a sentence, if any. */
  static final String SENTENCE = "sentence";

  private static final String TRIGGER = "HX-Trigger";
  private static final String CHANGED = "open-changed";

  /** Lets the page that gets this answer count anew what is open. */
  static void changed(HttpServletResponse response) {
    response.setHeader(TRIGGER, CHANGED);
  }

  @GetMapping("/open")
  String counts(@RequestParam(defaultValue = "") String sentence, Model model) {
    model.addAttribute(SENTENCE, sentence);
    return "open :: all";
  }
}
