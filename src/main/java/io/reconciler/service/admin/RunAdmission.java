package io.reconciler.service.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.engine.run.RunRequest;
import io.reconciler.service.api.ApiError;
import io.reconciler.service.api.ApiException;
import io.reconciler.side.postgres.OneColumn;
import io.reconciler.side.postgres.SqlFile;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Lets a run that somebody asked for begin only when none of its clients is being reconciled, so
 * that a refusal means that nothing was done. The clients' own locks stay the last word.
 */
public final class RunAdmission {

  /**
   * Each waiting request takes one of the web server's threads; the others must stay responsive.
   */
  private static final int AT_ONCE = 4;

  private static final long RETRY_SECONDS = 30;
  private static final String CLIENTS = SqlFile.read("clients-to-trigger");

  private final JdbcClient jdbc;
  private final Set<Order> orders = new HashSet<>();

  RunAdmission(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Begins a request; whoever begins it must end it.
   *
   * @throws ApiException 404 for a base that no client has; 409 while one of the clients is busy;
   *     429 when too many requests wait for their runs
   */
  public Order begin(RunRequest request) {
    List<JsonNode> clients =
        jdbc.sql(CLIENTS).param("base", request.client()).query(String.class).list().stream()
            .map(OneColumn::parse)
            .toList();
    if (clients.isEmpty() && request.client() != null) {
      throw new ApiException(
          ApiError.notFound("there is no client with the base " + request.client()));
    }
    Set<String> bases =
        clients.stream().map(client -> client.path("base").asText()).collect(Collectors.toSet());
    return take(
        new Order(request, bases),
        clients.stream()
            .filter(client -> client.path("busy").asBoolean())
            .map(client -> client.path("base").asText())
            .toList());
  }

  /** Ends a request that was begun. */
  public synchronized void end(Order order) {
    orders.remove(order);
  }

  /** The 409 while these bases are busy. */
  static ApiError busy(Collection<String> bases) {
    return ApiError.conflict(
        "another run is active: " + bases.stream().sorted().collect(Collectors.joining(", ")));
  }

  private synchronized Order take(Order order, List<String> locked) {
    Set<String> busy =
        Stream.concat(
                locked.stream(),
                orders.stream().flatMap(o -> o.bases().stream()).filter(order.bases()::contains))
            .collect(Collectors.toSet());
    if (!busy.isEmpty()) {
      throw new ApiException(busy(busy));
    }
    if (orders.size() >= AT_ONCE) {
      throw new ApiException(
          ApiError.tooManyRequests(
              AT_ONCE + " requests wait for their runs already", RETRY_SECONDS));
    }
    orders.add(order);
    return order;
  }

  /** A request that was begun, with the bases that it takes. */
  public static final class Order {

    private final RunRequest request;
    private final Set<String> bases;

    Order(RunRequest request, Set<String> bases) {
      this.request = request;
      this.bases = bases;
    }

    public RunRequest request() {
      return request;
    }

    Set<String> bases() {
      return bases;
    }
  }
}
