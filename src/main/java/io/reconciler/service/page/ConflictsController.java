package io.reconciler.service.page;

import io.reconciler.engine.repair.LedgerFilter;
import io.reconciler.engine.repair.LedgerKind;
import io.reconciler.service.user.User;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Conflicts side by side, and what can be done about them. */
@Controller
class ConflictsController {

  private final FilteredLedgers ledgers;
  private final LedgerActions actions;
  private final FilterChoices choices;

  ConflictsController(FilteredLedgers ledgers, LedgerActions actions, FilterChoices choices) {
    this.ledgers = ledgers;
    this.actions = actions;
    this.choices = choices;
  }

  @GetMapping("/conflicts")
  String list(
      @RequestParam Map<String, String> given,
      @RequestParam(required = false) @Nullable String after,
      Model model) {
    Map<String, String> chosen = FilteredLedgers.chosen(given);
    LedgerFilter filter = ledgers.filter(LedgerKind.CONFLICTS, chosen);
    FilteredLedgers.Entries page = ledgers.page(LedgerKind.CONFLICTS, filter, Cursor.of(after));
    model.addAttribute(OpenController.SENTENCE, "conflicts");
    model.addAttribute("chosen", chosen);
    model.addAttribute("tables", ledgers.tables());
    model.addAttribute("clients", choices.clients());
    model.addAttribute(
        "groups", ledgers.tables().stream().flatMap(table -> table.groups().stream()).toList());
    model.addAttribute("conflicts", ledgers.views(page.items(), ConflictView::of));
    model.addAttribute("next", page.next());
    return "conflicts";
  }

  @GetMapping("/conflicts/{id}")
  String one(@PathVariable UUID id, Model model) {
    model.addAttribute(
        "c",
        ledgers.views(List.of(ledgers.one(LedgerKind.CONFLICTS, id)), ConflictView::of).get(0));
    return "conflict";
  }

  @PostMapping("/conflicts/{id}/{action:apply|dismiss}")
  String settle(
      @PathVariable UUID id,
      @PathVariable String action,
      @RequestParam(required = false) @Nullable String value,
      @AuthenticationPrincipal User user,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model,
      RedirectAttributes page) {
    Flash flash = actions.one(action(action), id, user.email(), RunFilter.chosen(value));
    if (request.getHeader("HX-Request") != null) {
      OpenController.changed(response);
      model.addAttribute(Flash.NAME, flash);
      return "flash :: done";
    }
    page.addFlashAttribute(Flash.NAME, flash);
    return ReturnPath.redirect(request, "/conflicts");
  }

  @PostMapping("/conflicts/bulk")
  String bulk(
      @RequestParam String action,
      @RequestParam(required = false) @Nullable List<UUID> ids,
      @RequestParam(required = false) @Nullable String value,
      @RequestParam Map<String, String> given,
      @AuthenticationPrincipal User user) {
    List<UUID> meant =
        ids == null
            ? ledgers.ids(LedgerKind.CONFLICTS, ledgers.filter(LedgerKind.CONFLICTS, open(given)))
            : ids;
    return "redirect:/jobs/"
        + actions.many(action(action), meant, user.email(), RunFilter.chosen(value));
  }

  private static Map<String, String> open(Map<String, String> given) {
    Map<String, String> chosen = FilteredLedgers.chosen(given);
    chosen.remove("all");
    return chosen;
  }

  private static LedgerActions.Action action(String name) {
    return name.equals("apply") ? LedgerActions.Action.APPLY : LedgerActions.Action.DISMISS;
  }
}
