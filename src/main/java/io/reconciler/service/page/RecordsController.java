package io.reconciler.service.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.engine.apply.plan.IncomingRecord;
import io.reconciler.engine.failure.FailureText;
import io.reconciler.engine.run.Client;
import io.reconciler.service.user.User;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
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

  private final MappingSet mappings;
  private final RowReader rows;
  private final ChangeReader changes;
  private final RecordLooks looks;
  private final RecordReader records;
  private final LinkReader links;

  RecordsController(PageParts parts, RecordLooks looks) {
    this.mappings = parts.mappings();
    this.rows = parts.rows();
    this.changes = parts.changes();
    this.looks = looks;
    this.links = parts.links();
    this.records = new RecordReader(parts.jdbc(), parts.mappings(), parts.rows());
  }

  record Found(String table, String tableName, RowTitle title, boolean linked, String client) {}

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
    List<UUID> owners = records.owners(mapping, recordId, client);
    if (owners.size() > 1) {
      return search(recordId, table, model);
    }
    UUID owner = owners.isEmpty() ? null : owners.get(0);
    List<ChangeView> history = add(mapping, owner, recordId, model);
    model.addAttribute("view", before(mapping, model, history));
    model.addAttribute("history", history);
    model.addAttribute("entries", records.entries(mapping, owner, recordId));
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
    List<UUID> owners = records.owners(mapping, recordId, of);
    UUID owner = owners.isEmpty() ? null : owners.get(0);
    List<ChangeView> history = add(mapping, owner, recordId, model);
    Optional<Client> client = client(model);
    try {
      Optional<IncomingRecord> record =
          client.flatMap(known -> looks.at(known, mapping, recordId, user.email()));
      model.addAttribute(
          "view",
          links.with(
              names ->
                  RecordView.of(
                      mapping,
                      row(model),
                      agreed(model),
                      history,
                      client.isPresent(),
                      record.orElse(null),
                      owner(model),
                      names)));
    } catch (RuntimeException e) {
      model.addAttribute("view", before(mapping, model, history));
      model.addAttribute("failure", FailureText.of(e));
    }
    return "record :: sides";
  }

  // Before Airtable is asked.
  private RecordView before(Mapping mapping, Model model, List<ChangeView> history) {
    return links.with(
        names -> RecordView.of(mapping, row(model), agreed(model), history, owner(model), names));
  }

  private static @Nullable String owner(Model model) {
    UUID owner = (UUID) model.getAttribute("owner");
    return owner == null ? null : owner.toString();
  }

  private List<Found> found(String text, @Nullable String only) {
    List<Found> found = new ArrayList<>();
    Map<String, String> clients = records.clients();
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
        mapping.table(),
        RowTitle.of(mapping, id, row).of(owner),
        !id.isEmpty(),
        owner == null ? "" : clients.getOrDefault(owner, owner));
  }

  private List<ChangeView> add(
      Mapping mapping, @Nullable UUID owner, String recordId, Model model) {
    JsonNode row = records.row(mapping, owner, recordId).orElse(null);
    JsonNode known = records.agreed(mapping, owner, recordId).orElse(null);
    List<ChangeView> history = changes.ofRecord(mapping.name(), owner, recordId, HISTORY);
    model.addAttribute("owner", owner);
    if (row == null && known == null && history.isEmpty() && owner == null) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    model.addAttribute("mapping", mapping);
    model.addAttribute("recordId", recordId);
    model.addAttribute("row", row);
    model.addAttribute("known", known);
    model.addAttribute("who", RowTitle.of(mapping, recordId, row));
    model.addAttribute("edited", RecordView.edited(mapping, row));
    JsonNode client = records.client(mapping, row, known, owner).orElse(null);
    model.addAttribute("client", client);
    model.addAttribute("link", link(client, recordId));
    return history;
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
