package io.reconciler.engine.run;

import io.reconciler.side.postgres.OneColumn;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the clients that a query returned. */
public final class ClientRows {

  /**
   * The active clients of a request, in the order of their bases.
   *
   * @throws NoActiveClientException when there is none
   */
  public List<Client> active(
      List<Map<String, Object>> rows, RunRequest request, @Nullable ProgressListener progress) {
    if (rows.isEmpty()) {
      throw new NoActiveClientException(
          request.client() == null
              ? "No active client found in database"
              : "No active client found in database with the base " + request.client());
    }
    List<Client> clients = OneColumn.json(rows).stream().map(Client::of).toList();
    Objects.requireNonNullElse(progress, ProgressListener.NONE).clients(clients);
    return clients;
  }
}
