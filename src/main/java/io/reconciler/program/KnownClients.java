package io.reconciler.program;

import io.reconciler.engine.run.Client;
import io.reconciler.engine.run.RunRequest;
import io.reconciler.side.postgres.OneColumn;
import io.reconciler.side.postgres.SqlFile;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The active clients as the database told of them last, for calls while it can't be asked. */
final class KnownClients {

  private static final String LIST = SqlFile.read("list-clients");

  private final SortedMap<String, Client> byBase = new TreeMap<>();

  static KnownClients read(DataSource database) {
    KnownClients known = new KnownClients();
    JdbcClient.create(database).sql(LIST).query(String.class).list().stream()
        .map(OneColumn::parse)
        .map(Client::of)
        .filter(Client::active)
        .forEach(client -> known.byBase.put(client.baseId(), client));
    return known;
  }

  /** A request was answered that there are these. */
  synchronized void told(RunRequest request, List<Client> clients) {
    of(request).forEach(client -> byBase.remove(client.baseId()));
    clients.forEach(client -> byBase.put(client.baseId(), client));
  }

  /** Those of a request, in the order of their bases. */
  synchronized List<Client> of(RunRequest request) {
    String base = request.client();
    return base == null
        ? List.copyOf(byBase.values())
        : byBase.containsKey(base) ? List.of(Objects.requireNonNull(byBase.get(base))) : List.of();
  }
}
