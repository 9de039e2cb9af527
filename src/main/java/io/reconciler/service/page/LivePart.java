package io.reconciler.service.page;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.ModelAndView;

/**
 * The part of a page that changes by itself, as it stands now.
 *
 * @param template the fragment that shows it
 * @param going whether it goes on changing
 */
record LivePart(String template, Map<String, ? extends @Nullable Object> model, boolean going) {

  private static final Format FORMAT = new Format();

  /** What shows it where no page is around it. */
  ModelAndView alone() {
    return new ModelAndView(template, model).addObject("f", FORMAT);
  }
}
