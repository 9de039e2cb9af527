package io.reconciler.service.page;

import io.reconciler.engine.door.RouteCalls;
import io.reconciler.engine.run.ProgressListener;
import io.reconciler.engine.run.RunRequest;
import io.reconciler.engine.run.Trigger;
import io.reconciler.service.api.ApiError;
import io.reconciler.service.api.ApiException;
import io.reconciler.service.user.User;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The buttons that begin and stop runs. */
@Controller
class SyncController {

  /** Long enough for a refusal; a run is followed on its own page. */
  private static final long PATIENCE_MS = 400;

  private final RouteCalls routes;
  private final RunReader runs;
  private final DryRuns dryRuns;
  private final Executor threads;
  private final int minutes;
  private final Clock clock;

  SyncController(
      RouteCalls routes,
      RunReader runs,
      DryRuns dryRuns,
      Executor threads,
      int minutes,
      Clock clock) {
    this.routes = routes;
    this.runs = runs;
    this.dryRuns = dryRuns;
    this.threads = threads;
    this.minutes = minutes;
    this.clock = clock;
  }

  @PostMapping("/sync")
  String sync(
      @RequestParam(required = false) @Nullable Integer window,
      @RequestParam(required = false) @Nullable String client,
      @RequestParam(defaultValue = "delta") String mode,
      @AuthenticationPrincipal User user,
      HttpServletRequest request,
      RedirectAttributes page) {
    RunRequest run = run(window, RunFilter.chosen(client), mode, user);
    if (run.dryRun()) {
      return "redirect:/jobs/" + dryRuns.start(run);
    }
    Instant since = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Optional<String> refusal = refusal(begin(run));
    if (refusal.isPresent()) {
      page.addFlashAttribute(Flash.NAME, new Flash(Tone.WARN, refusal.get()));
      return ReturnPath.redirect(request, "/");
    }
    return "redirect:/runs/live?since=" + since;
  }

  @PostMapping("/runs/{id}/stop")
  String stop(
      @PathVariable UUID id,
      @AuthenticationPrincipal User user,
      HttpServletRequest request,
      RedirectAttributes page) {
    page.addFlashAttribute(
        Flash.NAME,
        runs.stop(id, user.email())
            ? new Flash(Tone.LIVE, "The run ends after the request that it waits for now.")
            : new Flash(Tone.CALM, "The run has ended before."));
    return ReturnPath.redirect(request, "/runs/" + id);
  }

  private RunRequest run(
      @Nullable Integer window, @Nullable String client, String mode, User user) {
    boolean full = mode.equals("full");
    boolean dry = mode.equals("dry");
    if (!full && !dry && !mode.equals("delta")) {
      throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
    }
    int asked = window == null ? minutes : window;
    if (asked < RunRequest.SHORTEST || asked > RunRequest.LONGEST) {
      throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
    }
    return new RunRequest(Trigger.UI, user.email(), asked, client, full, dry, false);
  }

  private CompletableFuture<Object> begin(RunRequest run) {
    return CompletableFuture.supplyAsync(
        () -> routes.call("direct:triggered-run", run, ProgressListener.NONE), threads);
  }

  private static Optional<String> refusal(CompletableFuture<Object> run) {
    try {
      Object outcome = run.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
      return outcome instanceof ApiError error ? Optional.of(error.details()) : Optional.empty();
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.of(reason(e));
    }
  }

  /** Why a route refused it. */
  static String reason(Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof ApiException refused) {
        return refused.error().details();
      }
    }
    throw new IllegalStateException("the run could not be started", cause);
  }
}
