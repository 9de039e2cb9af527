package io.reconciler.service.portal;

import io.reconciler.service.user.Role;
import io.reconciler.service.user.User;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which leads a user sees, as parameters of a statement; no statement on a lead goes without.
 *
 * @param all every client's
 * @param client this client's, null for nobody's
 * @param anybodys whether the user may undo the claims of others
 */
record VisibleLeads(UUID user, boolean all, @Nullable UUID client, boolean anybodys) {

  static VisibleLeads of(User user) {
    return new VisibleLeads(
        user.id(), user.seesAll(), user.clientId(), user.role() != Role.CLIENT_USER);
  }

  boolean nothing() {
    return !all && client == null;
  }
}
