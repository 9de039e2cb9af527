package io.reconciler.service.web;

import io.reconciler.service.user.User;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.server.ResponseStatusException;

/** The API reference, rendered from the OpenAPI document, that can be tried out. */
@Controller
class OpenApiPage {

  private final OpenApiDocument document;
  private final @Nullable Tokens tokens;

  /** The tokens are null where an external issuer makes them. */
  OpenApiPage(OpenApiDocument document, @Nullable Tokens tokens) {
    this.document = document;
    this.tokens = tokens;
  }

  @GetMapping("/api-docs")
  String show(org.springframework.ui.Model model) {
    model.addAttribute("tokens", tokens != null);
    return "api-docs";
  }

  @GetMapping(path = "/api-docs/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
  @ResponseBody
  String json() throws Exception {
    return document.json();
  }

  /** A token like that of a login, for the administrator who is signed in here. */
  @PostMapping(path = "/api-docs/token", produces = MediaType.APPLICATION_JSON_VALUE)
  @ResponseBody
  Map<String, String> token(@AuthenticationPrincipal User user) {
    if (tokens == null) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    Jwt token = tokens.issue(user);
    return Map.of("token", token.getTokenValue());
  }
}
