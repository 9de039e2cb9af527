package io.reconciler.history;

import io.reconciler.history.TableCell.Table;
import io.reconciler.program.boot.TestEngine;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.sandbox.table.SandboxTable;
import io.reconciler.world.TablesWorld;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Three linked tables with clocks to set and a watch on every node of the routes: leads with a
 * uuid, companies with a bigint, in a circle with the leads; orders of one base, without a client
 * column and without a modification field.
 */
final class TablesBench implements AutoCloseable {

  private static final String LEADS =
      """
      table: Leads
      last_modified_field: Changed
      postgres: {table: leads, client: client_id, created_at: created_at, updated_at: updated_at}
      groups:
        - {name: remark, policy: newest}
        - {name: employer, policy: newest}
      fields:
        - {column: first_name, type: text, airtable_field: First Name, conversion: text, owner: airtable}
        - {column: remark, type: text, airtable_field: Remark, conversion: text, owner: portal, group: remark}
        - {column: company_id, type: bigint, airtable_field: Company, conversion: link, to: companies, owner: portal, group: employer}
        - {column: is_active, type: boolean, not_null: true, default: true, conversion: existence, owner: engine}
      """;
  private static final String COMPANIES =
      """
      table: Companies
      last_modified_field: Changed
      postgres: {table: crm.companies, client: client_id, created_at: created_at, updated_at: updated_at}
      groups:
        - {name: tags, policy: newest}
        - {name: score, policy: newest}
      fields:
        - {column: name, type: text, airtable_field: Name, conversion: text, owner: airtable}
        - {column: revenue, type: "numeric(14,2)", airtable_field: Revenue, conversion: number, owner: airtable}
        - {column: founded, type: date, airtable_field: Founded, conversion: date, owner: airtable}
        - {column: contact_id, type: uuid, airtable_field: Contact, conversion: link, to: leads, owner: airtable}
        - {column: tags, type: "text[]", airtable_field: Tags, conversion: options, owner: portal, group: tags, new_options: true}
        - {column: score, type: "numeric(9,3)", airtable_field: Score, conversion: number, owner: portal, group: score}
        - {column: is_active, type: boolean, not_null: true, default: true, conversion: existence, owner: engine}
      """;
  private static final String ORDERS =
      """
      table: Orders
      base: appTablesWorld001
      postgres: {table: orders, updated_at: updated_at}
      groups:
        - {name: state, policy: portal}
        - {name: firms, policy: airtable}
      fields:
        - {column: amount, type: double precision, airtable_field: Amount, conversion: number, owner: airtable}
        - {column: buyer, type: uuid, airtable_field: Buyer, conversion: link, to: leads, owner: airtable}
        - {column: state, type: text, airtable_field: State, conversion: text, owner: portal, group: state}
        - {column: firms, type: "bigint[]", airtable_field: Firms, conversion: link, to: companies, owner: portal, group: firms}
      """;
  private static final String DDL =
      """
      create schema crm;
      create table crm.companies (id bigint generated always as identity primary key,
        client_id uuid not null, airtable_record_id text, name text, revenue numeric(14,2),
        founded date, contact_id uuid, tags text[], score numeric(9,3),
        is_active boolean not null default true, created_at timestamptz,
        updated_at timestamptz not null default now(), unique (client_id, airtable_record_id));
      create table orders (id serial primary key, airtable_record_id text unique,
        amount double precision, buyer uuid, state text, firms bigint[],
        updated_at timestamptz not null default now());
      """;

  private final Timeline timeline = new Timeline();
  private final Nodes nodes = new Nodes();
  private final TablesWorld world;

  TablesBench(Path folder) {
    Map<String, List<SandboxField>> tables = new LinkedHashMap<>();
    tables.put(
        "Leads",
        List.of(
            SandboxField.of("First Name", "singleLineText"),
            SandboxField.of("Remark", "multilineText"),
            SandboxField.lastModified("Changed")));
    tables.put(
        "Companies",
        List.of(
            SandboxField.of("Name", "singleLineText"),
            SandboxField.of("Revenue", "number"),
            SandboxField.of("Founded", "date"),
            SandboxField.of("Tags", "multipleSelects").withChoices(List.of("common")),
            SandboxField.of("Score", "number"),
            SandboxField.lastModified("Changed")));
    tables.put(
        "Orders",
        List.of(SandboxField.of("Amount", "number"), SandboxField.of("State", "singleLineText")));
    world =
        TablesWorld.open(
            folder,
            Map.of("leads", LEADS, "companies", COMPANIES, "orders", ORDERS),
            DDL,
            tables,
            Timeline.database(),
            timeline.airtable(),
            (settings, mappings, database) ->
                TestEngine.start(settings, mappings, database, timeline.engine(), nodes));
    SandboxTable leads = table(Table.LEADS);
    SandboxTable companies = table(Table.COMPANIES);
    leads.addLink("Company", companies, true, "Staff");
    companies.addLink("Contact", leads, true, "Contact of");
    table(Table.ORDERS).addLink("Buyer", leads, true, "Orders");
    table(Table.ORDERS).addLink("Firms", companies, false, "Orders");
  }

  /** Empties both sides. */
  void fresh() {
    nodes.set(Nodes.Hook.NONE);
    world.fresh(Stream.of(Table.values()).map(Table::sql).toList());
  }

  SandboxTable table(Table table) {
    return world.base().table(table.airtable());
  }

  Timeline timeline() {
    return timeline;
  }

  Nodes nodes() {
    return nodes;
  }

  TablesWorld world() {
    return world;
  }

  @Override
  public void close() {
    world.close();
  }
}
