package io.reconciler.world;

import com.zaxxer.hikari.HikariDataSource;
import io.reconciler.app.TestEngine;
import io.reconciler.store.LeadStatements;
import io.reconciler.store.Migrations;
import java.time.Clock;
import java.util.Map;
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
      jdbc.sql("create role " + GUEST + " login password 'guest'").update();
      jdbc.sql("grant create on database " + name + " to " + GUEST).update();
      jdbc.sql("grant select, insert, update on clients, leads, users to " + GUEST).update();
      jdbc.sql("grant usage on sequence leads_id_seq to " + GUEST).update();
      jdbc.sql("grant insert on lead_audit to " + GUEST).update();
    }
    HikariDataSource guest = TestDatabase.pool(guestUrl);
    new Migrations(guest, World.defaultMapping()).migrate();
    return World.open(
        url,
        Map.of(),
        Clock.systemUTC(),
        (settings, mapping, owner) -> TestEngine.start(settings, mapping, guest, Map.of()));
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
          + new LeadStatements(World.defaultMapping()).columnDefinitions()
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
