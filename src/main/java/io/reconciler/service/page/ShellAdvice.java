package io.reconciler.service.page;

import io.reconciler.service.user.User;
import io.reconciler.side.postgres.SqlFile;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What every page shows beside its own content. */
@ControllerAdvice(basePackageClasses = ShellAdvice.class)
class ShellAdvice {

  private static final String OPEN = SqlFile.read("count-open");
  private static final Format FORMAT = new Format();

  private final JdbcClient jdbc;

  ShellAdvice(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @ModelAttribute("f")
  Format format() {
    return FORMAT;
  }

  @ModelAttribute("shell")
  Shell shell(@AuthenticationPrincipal @Nullable User user) {
    return jdbc.sql(OPEN)
        .query(
            (row, number) ->
                new Shell(
                    user == null ? "" : user.email(),
                    row.getLong("conflicts"),
                    row.getLong("dead_letters")))
        .single();
  }
}
