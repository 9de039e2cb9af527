package io.reconciler.web;

import io.reconciler.api.ApiError;
import io.reconciler.api.ApiException;
import io.reconciler.ledger.SettleRequest;
import io.reconciler.ledger.SettleResult;
import io.reconciler.run.RunRequest;
import io.reconciler.run.Trigger;
import io.reconciler.user.User;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The buttons of the overview: each goes to the same route as its command and its REST endpoint.
 */
@Controller
class PageActions {

  /** Long enough for a refusal or a short run; a longer one is seen in the list of runs. */
  private static final long PATIENCE_SECONDS = 2;

  private static final String BACK = "redirect:/";
  private static final Map<String, String> ROUTES =
      Map.of(
          "conflicts/apply", "direct:apply-conflict",
          "conflicts/dismiss", "direct:dismiss-conflict",
          "dead-letters/retry", "direct:retry-dead-letter",
          "dead-letters/discard", "direct:discard-dead-letter");

  private final ProducerTemplate routes;
  private final int minutes;

  PageActions(ProducerTemplate routes, int minutes) {
    this.routes = routes;
    this.minutes = minutes;
  }

  @PostMapping("/sync")
  String sync(@AuthenticationPrincipal User user, RedirectAttributes page) {
    RunRequest request =
        new RunRequest(Trigger.UI, user.email(), minutes, null, false, false, false);
    CompletableFuture<Object> run = routes.asyncRequestBody("direct:triggered-run", request);
    page.addFlashAttribute("message", message(run));
    return BACK;
  }

  @PostMapping("/{ledger:conflicts|dead-letters}/{id}/{action:apply|dismiss|retry|discard}")
  String settle(
      @PathVariable String ledger,
      @PathVariable UUID id,
      @PathVariable String action,
      @RequestParam(required = false) @Nullable String value,
      @AuthenticationPrincipal User user,
      RedirectAttributes page) {
    String route = ROUTES.get(ledger + "/" + action);
    if (route == null) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    SettleRequest request = new SettleRequest(id, user.email(), Trigger.UI, value);
    SettleResult result =
        Objects.requireNonNull(routes.requestBody(route, request, SettleResult.class), route);
    page.addFlashAttribute("message", text(result));
    return BACK;
  }

  private static String text(SettleResult result) {
    return result.details() == null ? result.message() : result.message() + ": " + result.details();
  }

  private static String message(CompletableFuture<Object> run) {
    try {
      Object outcome = run.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return outcome instanceof ApiError error ? error.details() : "The run has ended.";
    } catch (TimeoutException e) {
      return "The run goes on; it is in the list below.";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "The run goes on.";
    } catch (ExecutionException e) {
      return refusal(e);
    }
  }

  private static String refusal(Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof ApiException refused) {
        return refused.error().details();
      }
    }
    throw new IllegalStateException("the run could not be started", cause);
  }
}
