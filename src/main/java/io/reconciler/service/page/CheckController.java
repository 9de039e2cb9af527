package io.reconciler.service.page;

import io.reconciler.engine.check.CheckLine;
import io.reconciler.engine.check.Preflight;
import io.reconciler.engine.door.RouteCalls;
import io.reconciler.settings.Settings;
import io.reconciler.side.airtable.AirtableAnswer;
import io.reconciler.side.mapping.MappingSet;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The preflight as lines with ways out. */
@Controller
class CheckController {

  private final Preflight preflight;

  CheckController(
      Settings settings, MappingSet mappings, DataSource database, RouteCalls routes, Clock clock) {
    this.preflight =
        new Preflight(
            settings,
            mappings,
            database,
            request -> routes.call("direct:airtable-api", request, AirtableAnswer.class),
            clock);
  }

  @GetMapping("/check")
  String page() {
    return "check";
  }

  @GetMapping("/check/lines")
  String lines(Model model) {
    List<CheckLine> lines = preflight.run();
    model.addAttribute("view", CheckView.of(lines));
    return "check-lines :: lines";
  }
}
