package io.reconciler.program.demo;

import io.reconciler.service.user.Passwords;
import io.reconciler.service.user.Role;
import io.reconciler.service.user.UserTable;
import io.reconciler.side.postgres.SqlFile;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The demo's administrator and salesperson, with passwords made for this demo. */
record DemoUsers(String adminPassword, String salesPassword) {

  private static final String ADMIN = "admin@example.com";
  private static final String SALES = "sales@example.com";
  private static final int RANDOM_BYTES = 12;

  static DemoUsers add(DataSource database) {
    JdbcClient jdbc = JdbcClient.create(database);
    UserTable users = new UserTable(jdbc);
    Passwords passwords = new Passwords();
    DemoUsers demo = new DemoUsers(random(), random());
    UUID client =
        jdbc.sql(SqlFile.read("client-by-base"))
            .param("base", DemoSides.BASE)
            .query(UUID.class)
            .single();
    users.add(UUID.randomUUID(), ADMIN, passwords.hash(demo.adminPassword), Role.SUPER_ADMIN, null);
    users.add(
        DemoEdits.SALESPERSON, SALES, passwords.hash(demo.salesPassword), Role.CLIENT_USER, client);
    return demo;
  }

  /** How to get in: page, REST, and who sees what. */
  List<String> lookAt(int port) {
    String url = "http://127.0.0.1:" + port;
    return List.of(
        "Admin page: " + url + "/ (the demo now syncs every minute; Ctrl-C ends it)",
        "  sign in as " + ADMIN + " with the password " + adminPassword,
        "The same over REST:",
        "  TOKEN=$(curl -s -H 'Content-Type: application/json' -d '"
            + "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(ADMIN, adminPassword)
            + "' "
            + url
            + "/api/auth/login | sed 's/.*\"token\":\"\\([^\"]*\\)\".*/\\1/')",
        "  curl -X POST -H \"Authorization: Bearer $TOKEN\" " + url + "/api/admin/sync/delta",
        "A salesperson, who sees and claims leads at "
            + url
            + "/api/leads: "
            + SALES
            + " with the password "
            + salesPassword);
  }

  private static String random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "DemoUsers";
  }
}
