package io.reconciler.service.user;

import java.util.Arrays;
import java.util.Optional;

/** What a user may do. */
public enum Role {
  /** Operates the service and sees every client's leads. */
  SUPER_ADMIN,
  /** Sees one client's leads and may undo the claims of others. */
  CLIENT_ADMIN,
  /** Sees one client's leads. */
  CLIENT_USER;

  /** The role of that name, empty when there is none. */
  public static Optional<Role> of(String name) {
    return Arrays.stream(values()).filter(role -> role.name().equals(name)).findFirst();
  }
}
