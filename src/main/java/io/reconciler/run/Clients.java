package io.reconciler.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/** Reads the clients that a query returned. */
public final class Clients {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The active clients of a request, in the order of their bases.
   *
   * @throws NoActiveClientException when there is none
   */
  public List<Client> active(List<String> rows, RunRequest request) {
    if (rows.isEmpty()) {
      throw new NoActiveClientException(
          request.client() == null
              ? "No active client found in database"
              : "No active client found in database with the base " + request.client());
    }
    return rows.stream().map(Clients::read).toList();
  }

  private static Client read(String row) {
    try {
      return Client.of(JSON.readTree(row));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
