package io.reconciler.world;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.program.boot.TestEngine;
import io.reconciler.side.postgres.Migrations;
import io.reconciler.side.postgres.statement.ColumnDefinitions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A world whose tables are a portal's, with what portals put on them: numbers as keys, a foreign
 * key on the claim, unique e-mail addresses, columns that may be null, a trigger that writes
 * another table. The engine is a guest with no more rights than the README grants; the world's own
 * connections are the owner's.
 */
public final class PortalWorld {

  /** The guest that the engine is. */
  public static final String GUEST = "reconciler_guest";

  private PortalWorld() {}

  /** The world that the classes share; stays open until the JVM ends. */
  public static World shared() {
    return Shared.WORLD;
  }

  private static World open() {
    String url =
        TestDatabase.url("encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0");
    String guestUrl = url.replace("postgres:postgres@", GUEST + ":guest@");
    String name = url.substring(url.lastIndexOf('/') + 1);
    try (HikariDataSource owner = TestDatabase.pool(url)) {
      JdbcClient jdbc = JdbcClient.create(owner);
      for (String statement : tables()) {
        jdbc.sql(statement).update();
      }
      grant(jdbc, name);
    }
    HikariDataSource guest = TestDatabase.pool(guestUrl);
    new Migrations(guest, World.defaultMapping()).migrate();
    try (HikariDataSource owner = TestDatabase.pool(url)) {
      JdbcClient.create(owner).sql("revoke create on database " + name + " from " + GUEST).update();
    }
    return World.open(
        url,
        Map.of("DATABASE_URL", guestUrl),
        Clock.systemUTC(),
        (settings, mapping, owner) -> TestEngine.start(settings, mapping, guest, Map.of()));
  }

  /**
   * Makes the guest, unless the server has it from another world, and gives it the README's rights.
   */
  public static synchronized void grant(JdbcClient owner, String database) {
    boolean there =
        owner.sql("select from pg_roles where rolname = ?").param(GUEST).query().listOfRows().size()
            > 0;
    grants(0, database).stream()
        .filter(statement -> !there || !statement.startsWith("create role"))
        .forEach(statement -> owner.sql(statement).update());
  }

  /**
   * The statements of one of the README's blocks about the role, for the guest in this database.
   */
  public static List<String> grants(int block, String database) {
    try {
      String readme = Files.readString(Path.of("README.md"));
      String sql =
          Pattern.compile("(?s)```sql\n(.*?)```")
              .matcher(readme)
              .results()
              .map(match -> match.group(1))
              .toList()
              .get(block);
      return Stream.of(sql.replaceAll("--.*", "").split(";"))
          .map(String::strip)
          // The portal has all three of its tables.
          .filter(statement -> !statement.isEmpty() && !statement.contains("on schema public"))
          .map(statement -> statement.replace("leads_sync", GUEST).replace("choose one", "guest"))
          .map(statement -> statement.replace("on database portal", "on database " + database))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String[] tables() {
    return new String[] {
      "create table clients (id uuid primary key default gen_random_uuid(), company_name varchar(255)"
          + " not null, email varchar(255) not null, airtable_base_id varchar(255) not null unique,"
          + " is_active boolean not null default true)",
      "create table users (id uuid primary key default gen_random_uuid(), email varchar(255) not null"
          + " unique, password_hash varchar(255), role varchar(20) not null default 'CLIENT_USER',"
          + " client_id uuid references clients on delete cascade,"
          + " is_active boolean not null default true)",
      "create table leads (id bigserial primary key, client_id uuid references clients,"
          + " airtable_record_id varchar(255) unique, "
          + ColumnDefinitions.all(World.defaultMapping())
          + ", created_at timestamptz default now(), updated_at timestamptz default now())",
      "alter table leads alter email drop not null, add constraint one_email unique (email)",
      "alter table leads add constraint a_user foreign key (claimed_by) references users"
          + " on delete set null",
      "create index on leads (updated_at)",
      "create index on leads (client_id)",
      "create table lead_audit (at timestamptz not null, lead text not null, constraint one_email"
          + " check (lead <> ''))",
      "create function audit() returns trigger language plpgsql as $$ begin"
          + " insert into lead_audit values (now(), new.id); return null; end $$",
      "create trigger audit after insert or update on leads for each row execute function audit()"
    };
  }

  private static final class Shared {
    static final World WORLD = open();

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(WORLD::close));
    }
  }
}
