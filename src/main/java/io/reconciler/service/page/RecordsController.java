package io.reconciler.service.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.engine.apply.IncomingRecord;
import io.reconciler.engine.run.Client;
import io.reconciler.engine.run.RunEnd;
import io.reconciler.service.user.User;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.Rows;
import io.reconciler.side.postgres.SqlFile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Finds a record, and shows why its fields hold what they hold. */
@Controller
class RecordsController {

  private static final int HISTORY = 100;

  private final JdbcClient jdbc;
  private final MappingSet mappings;
  private final RowReader rows;
  private final ChangeReader changes;
  private final RecordLooks looks;

  RecordsController(PageParts parts, RecordLooks looks) {
    this.jdbc = parts.jdbc();
    this.mappings = parts.mappings();
    this.rows = parts.rows();
    this.changes = parts.changes();
    this.looks = looks;
  }

  /** A row that was found. */
  record Found(String table, RowTitle title, boolean linked, String client) {}

  /** An entry of a ledger about the record. */
  record Entry(String ledger, UUID id, Instant at, String about, String status, String text) {

    static Entry of(ResultSet row, int number) throws SQLException {
      return new Entry(
          row.getString("ledger"),
          Objects.requireNonNull(row.getObject("id", UUID.class)),
          Objects.requireNonNull(RunRow.instant(row, "at")),
          row.getString("about"),
          row.getString("status"),
          row.getString("text"));
    }
  }

  @GetMapping("/records")
  String search(
      @RequestParam(required = false) @Nullable String q,
      @RequestParam(required = false) @Nullable String table,
      Model model) {
    String text = RunFilter.chosen(q);
    String only = RunFilter.chosen(table);
    model.addAttribute("q", text);
    model.addAttribute("table", only);
    model.addAttribute("tables", mappings.inOrder());
    model.addAttribute("found", text == null ? List.of() : found(text, only));
    return "records";
  }

  @GetMapping("/records/{table}/{recordId}")
  String show(
      @PathVariable String table,
      @PathVariable String recordId,
      @RequestParam(required = false) @Nullable String client,
      Model model) {
    Mapping mapping = mapping(table);
    List<UUID> owners = owners(mapping, recordId, client);
    if (owners.size() > 1) {
      return search(recordId, table, model);
    }
    UUID owner = owners.isEmpty() ? null : owners.get(0);
    List<ChangeView> history = add(mapping, owner, recordId, model);
    model.addAttribute("view", RecordView.of(mapping, row(model), agreed(model), history));
    model.addAttribute("history", history);
    model.addAttribute(
        "entries",
        jdbc.sql(SqlFile.read("show-record-entries"))
            .param("record", recordId)
            .param("table", mapping.name())
            .param("client", owner)
            .query(Entry::of)
            .list());
    return "record";
  }

  @GetMapping("/records/{table}/{recordId}/sides")
  String sides(
      @PathVariable String table,
      @PathVariable String recordId,
      @RequestParam(name = "client", required = false) @Nullable String of,
      @AuthenticationPrincipal User user,
      Model model) {
    Mapping mapping = mapping(table);
    List<UUID> owners = owners(mapping, recordId, of);
    UUID owner = owners.isEmpty() ? null : owners.get(0);
    List<ChangeView> history = add(mapping, owner, recordId, model);
    Optional<Client> client = client(model);
    try {
      Optional<IncomingRecord> record =
          client.flatMap(known -> looks.at(known, mapping, recordId, user.email()));
      model.addAttribute(
          "view",
          RecordView.of(
              mapping,
              row(model),
              agreed(model),
              history,
              client.isPresent(),
              record.orElse(null)));
    } catch (RuntimeException e) {
      model.addAttribute("view", RecordView.of(mapping, row(model), agreed(model), history));
      model.addAttribute("failure", RunEnd.text(e));
    }
    return "record :: sides";
  }

  private List<Found> found(String text, @Nullable String only) {
    List<Found> found = new ArrayList<>();
    Map<String, String> clients = clients();
    for (Mapping mapping : mappings.inOrder()) {
      if (only == null || only.equals(mapping.name())) {
        rows.search(mapping, text).forEach(row -> found.add(found(mapping, row, clients)));
      }
    }
    found.sort(Comparator.comparing(each -> each.title().name()));
    return found;
  }

  private Found found(Mapping mapping, JsonNode row, Map<String, String> clients) {
    String id = row.path(mapping.postgres().recordId()).asText("");
    String column = mapping.postgres().client();
    String owner = column == null ? null : row.path(column).textValue();
    return new Found(
        mapping.name(),
        RowTitle.of(mapping, id, row).of(owner),
        !id.isEmpty(),
        owner == null ? "" : clients.getOrDefault(owner, owner));
  }

  // Whose record it can be: the client that was named, or all that have one of this id.
  private List<UUID> owners(Mapping mapping, String recordId, @Nullable String client) {
    return jdbc.sql(rows.owners(mapping))
        .param("record", recordId)
        .param("table", mapping.name())
        .param("client", RunFilter.chosen(client))
        .query(UUID.class)
        .list();
  }

  private Map<String, String> clients() {
    Map<String, String> names = new HashMap<>();
    jdbc.sql("select cast(id as text) as id, company_name as name from clients")
        .query()
        .listOfRows()
        .forEach(row -> names.put(String.valueOf(row.get("id")), String.valueOf(row.get("name"))));
    return names;
  }

  private List<ChangeView> add(
      Mapping mapping, @Nullable UUID owner, String recordId, Model model) {
    Map<String, JsonNode> found =
        rows.rows(mapping, owner == null ? null : owner.toString(), List.of(recordId));
    JsonNode row = found.get(recordId);
    JsonNode known =
        jdbc.sql(SqlFile.read("show-agreed"))
            .param("record", recordId)
            .param("table", mapping.name())
            .param("client", owner)
            .query(String.class)
            .optional()
            .map(Rows::parse)
            .orElse(null);
    List<ChangeView> history = changes.ofRecord(mapping.name(), owner, recordId, HISTORY);
    model.addAttribute("owner", owner);
    if (row == null && known == null && history.isEmpty()) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    model.addAttribute("mapping", mapping);
    model.addAttribute("recordId", recordId);
    model.addAttribute("row", row);
    model.addAttribute("known", known);
    model.addAttribute("who", RowTitle.of(mapping, recordId, row));
    model.addAttribute("edited", RecordView.edited(mapping, found, recordId));
    JsonNode client = clientRow(mapping, row, known);
    model.addAttribute("client", client);
    model.addAttribute("link", link(client, recordId));
    return history;
  }

  private @Nullable JsonNode clientRow(
      Mapping mapping, @Nullable JsonNode row, @Nullable JsonNode known) {
    String column = mapping.postgres().client();
    String id =
        row != null && column != null && row.hasNonNull(column)
            ? row.path(column).asText()
            : known == null ? null : known.path("client").textValue();
    return id == null
        ? null
        : jdbc.sql(SqlFile.read("show-client"))
            .param("client", UUID.fromString(id))
            .param("table", mapping.table())
            .query(String.class)
            .optional()
            .map(Rows::parse)
            .orElse(null);
  }

  private static @Nullable String link(@Nullable JsonNode client, String recordId) {
    return client == null || !client.hasNonNull("table_id")
        ? null
        : "https://airtable.com/%s/%s/%s"
            .formatted(
                client.path("airtable_base_id").asText(),
                client.path("table_id").asText(),
                recordId);
  }

  private static Optional<Client> client(Model model) {
    return Optional.ofNullable((JsonNode) model.getAttribute("client")).map(Client::of);
  }

  private static @Nullable JsonNode row(Model model) {
    return (JsonNode) model.getAttribute("row");
  }

  private static @Nullable JsonNode agreed(Model model) {
    JsonNode known = (JsonNode) model.getAttribute("known");
    return known == null ? null : known.path("agreed");
  }

  private Mapping mapping(String table) {
    return mappings
        .named(table)
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }
}
