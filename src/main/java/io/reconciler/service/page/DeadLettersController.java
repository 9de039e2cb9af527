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

/** Dead letters, alike by alike, and what can be done about them. */
@Controller
class DeadLettersController {

  private final FilteredLedgers ledgers;
  private final LedgerActions actions;
  private final FilterChoices choices;

  DeadLettersController(FilteredLedgers ledgers, LedgerActions actions, FilterChoices choices) {
    this.ledgers = ledgers;
    this.actions = actions;
    this.choices = choices;
  }

  @GetMapping("/dead-letters")
  String list(
      @RequestParam Map<String, String> given,
      @RequestParam(required = false) @Nullable String after,
      Model model) {
    Map<String, String> chosen = FilteredLedgers.chosen(given);
    LedgerFilter filter = ledgers.filter(LedgerKind.DEAD_LETTERS, chosen);
    FilteredLedgers.Entries page = ledgers.page(LedgerKind.DEAD_LETTERS, filter, Cursor.of(after));
    addGroups(chosen, filter, model);
    model.addAttribute(OpenController.SENTENCE, "dead-letters");
    model.addAttribute("clients", choices.clients());
    model.addAttribute("letters", ledgers.views(page.items(), LetterView::of));
    model.addAttribute("next", page.next());
    return "dead-letters";
  }

  /** Those that are alike, counted anew, for a page on which some of them were settled. */
  @GetMapping("/dead-letters/groups")
  String groups(@RequestParam Map<String, String> given, Model model) {
    Map<String, String> chosen = FilteredLedgers.chosen(given);
    addGroups(chosen, ledgers.filter(LedgerKind.DEAD_LETTERS, chosen), model);
    return "dead-letters :: anew";
  }

  private void addGroups(Map<String, String> chosen, LedgerFilter filter, Model model) {
    List<LetterGroup> groups =
        LetterGroup.of(ledgers.groups(LedgerKind.DEAD_LETTERS, filter), ledgers::mapping);
    model.addAttribute("chosen", chosen);
    model.addAttribute("tables", ledgers.tables());
    model.addAttribute("groups", groups);
    model.addAttribute("count", groups.stream().mapToLong(LetterGroup::count).sum());
  }

  @PostMapping("/dead-letters/{id}/{action:retry|discard}")
  String settle(
      @PathVariable UUID id,
      @PathVariable String action,
      @AuthenticationPrincipal User user,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model,
      RedirectAttributes page) {
    Flash flash = actions.one(action(action), id, user.email(), null);
    if (request.getHeader("HX-Request") != null) {
      OpenController.changed(response);
      model.addAttribute(Flash.NAME, flash);
      return "flash :: row";
    }
    page.addFlashAttribute(Flash.NAME, flash);
    return ReturnPath.redirect(request, "/dead-letters");
  }

  @PostMapping("/dead-letters/bulk")
  String bulk(
      @RequestParam String action,
      @RequestParam(required = false) @Nullable List<UUID> ids,
      @RequestParam Map<String, String> given,
      @AuthenticationPrincipal User user) {
    Map<String, String> chosen = FilteredLedgers.chosen(given);
    chosen.remove("all");
    List<UUID> meant =
        ids == null
            ? ledgers.ids(LedgerKind.DEAD_LETTERS, ledgers.filter(LedgerKind.DEAD_LETTERS, chosen))
            : ids;
    return "redirect:/jobs/" + actions.many(action(action), meant, user.email(), null);
  }

  private static LedgerActions.Action action(String name) {
    return name.equals("retry") ? LedgerActions.Action.RETRY : LedgerActions.Action.DISCARD;
  }
}
