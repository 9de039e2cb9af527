package io.reconciler.engine.run;

/** Another run of this client is active, in this process or another. */
public final class RunActiveException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Client client;

  public RunActiveException(Client client) {
    super("another run of client " + client.name() + " (" + client.baseId() + ") is active");
    this.client = client;
  }

  public Client client() {
    return client;
  }
}
