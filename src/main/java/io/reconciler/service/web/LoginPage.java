package io.reconciler.service.web;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page on which an administrator signs in. */
@Controller
class LoginPage {

  @GetMapping("/login")
  String login(
      @RequestParam(required = false) @Nullable String failed,
      @RequestParam(required = false) @Nullable String wait,
      @RequestParam(required = false) @Nullable String out,
      Model model) {
    model.addAttribute("message", message(failed != null, wait != null, out != null));
    return "login";
  }

  private static String message(boolean failed, boolean wait, boolean out) {
    if (failed) {
      return "Unknown e-mail address or wrong password.";
    }
    if (wait) {
      return "Too many failed attempts. Try again in a quarter of an hour.";
    }
    return out ? "You are signed out." : "";
  }
}
