package io.reconciler.cli;

import org.jspecify.annotations.Nullable;

/**
 * The user that `user add` is to add.
 *
 * @param role SUPER_ADMIN, CLIENT_ADMIN or CLIENT_USER
 * @param client the base id of the client whose leads the user sees; null: none
 * @param passwordStdin read the password from stdin instead of asking for it without echo
 */
public record NewUser(String email, String role, @Nullable String client, boolean passwordStdin) {}
