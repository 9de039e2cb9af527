package io.reconciler.service.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.engine.repair.BadFilterException;
import io.reconciler.engine.repair.LedgerFilter;
import io.reconciler.engine.repair.LedgerGroup;
import io.reconciler.engine.repair.LedgerKind;
import io.reconciler.engine.repair.LedgerPage;
import io.reconciler.engine.repair.LedgerReader;
import io.reconciler.engine.repair.UnknownEntryException;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** The ledgers of conflicts and dead letters, by the filters that commands and REST take. */
final class FilteredLedgers {

  static final int PAGE = 25;

  private final LedgerReader reader;
  private final MappingSet mappings;
  private final RowReader rows;
  private final LinkReader links;
  private final Clock clock;

  FilteredLedgers(LedgerReader reader, PageParts parts, Clock clock) {
    this.reader = reader;
    this.mappings = parts.mappings();
    this.rows = parts.rows();
    this.links = parts.links();
    this.clock = clock;
  }

  /** A page of entries, and where the next one begins. */
  record Entries(List<JsonNode> items, @Nullable String next) {}

  /** Filters as they stand in a path: what is blank was not chosen. */
  static Map<String, String> chosen(Map<String, String> given) {
    Map<String, String> chosen = new LinkedHashMap<>();
    LedgerFilter.NAMES.forEach(
        name -> {
          String text = given.getOrDefault(name, "").strip();
          if (!text.isEmpty()) {
            chosen.put(name, text);
          }
        });
    if ("true".equals(given.get("all"))) {
      chosen.put("all", "true");
    }
    return chosen;
  }

  /**
   * What filters mean.
   *
   * @throws ResponseStatusException 400 when one makes no sense
   */
  LedgerFilter filter(LedgerKind kind, Map<String, String> chosen) {
    try {
      return reader.oneRun(
          LedgerFilter.of(chosen.containsKey("all"), chosen, kind, mappings, clock));
    } catch (BadFilterException | UnknownEntryException e) {
      throw new ResponseStatusException(HttpStatus.BAD_REQUEST, e.getMessage(), e);
    }
  }

  Entries page(LedgerKind kind, LedgerFilter filter, @Nullable Cursor after) {
    LedgerPage.Cursor place =
        after == null ? null : new LedgerPage.Cursor(after.time().toString(), after.id());
    LedgerPage page = reader.page(kind, filter, place, PAGE);
    LedgerPage.Cursor next = page.next();
    return new Entries(page.items(), next == null ? null : next.time() + "_" + next.id());
  }

  List<LedgerGroup> groups(LedgerKind kind, LedgerFilter filter) {
    return reader.groups(kind, filter);
  }

  List<UUID> ids(LedgerKind kind, LedgerFilter filter) {
    return reader.ids(kind, filter);
  }

  /**
   * One entry.
   *
   * @throws ResponseStatusException 404 when there is none
   */
  JsonNode one(LedgerKind kind, UUID id) {
    try {
      return reader.find(kind, id.toString());
    } catch (UnknownEntryException e) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND, e.getMessage(), e);
    }
  }

  List<Mapping> tables() {
    return mappings.inOrder();
  }

  /** The mapping of that name, or the first. */
  Mapping mapping(@Nullable String table) {
    return mappings.named(table).orElseGet(() -> mappings.inOrder().get(0));
  }

  interface View<V> {
    V of(JsonNode entry, Mapping mapping, RowTitle title, LinkNames names);
  }

  /** The entries as they are shown, with the names of their records and of what they link to. */
  <V> List<V> views(List<JsonNode> entries, View<V> view) {
    Map<String, RowTitle> titles = titles(entries);
    return links.with(
        names ->
            entries.stream()
                .map(entry -> view.of(entry, mappingOf(entry), title(entry, titles), names))
                .toList());
  }

  /** The table of an entry: entries of a time with only one table do not name it. */
  private Mapping mappingOf(JsonNode entry) {
    return mapping(entry.path("table").textValue());
  }

  /** Who or what the records of these entries are, by table, client and record id. */
  private Map<String, RowTitle> titles(List<JsonNode> entries) {
    Map<String, RowTitle> titles = new HashMap<>();
    for (Mapping mapping : mappings.inOrder()) {
      Map<String, List<String>> ids =
          entries.stream()
              .filter(entry -> mappingOf(entry).equals(mapping))
              .collect(
                  Collectors.groupingBy(
                      FilteredLedgers::client,
                      Collectors.mapping(
                          entry -> entry.path("recordId").asText(), Collectors.toList())));
      ids.forEach(
          (client, records) ->
              rows.titles(mapping, client, records)
                  .forEach((id, title) -> titles.put(key(mapping, client, id), title)));
    }
    return titles;
  }

  /** The title of an entry among them. */
  private RowTitle title(JsonNode entry, Map<String, RowTitle> titles) {
    String id = entry.path("recordId").asText();
    RowTitle title = titles.get(key(mappingOf(entry), client(entry), id));
    return title == null ? RowTitle.of(id, client(entry)) : title;
  }

  private static String client(JsonNode entry) {
    return entry.path("clientId").asText();
  }

  private static String key(Mapping mapping, String client, String recordId) {
    return mapping.name() + ' ' + client + ' ' + recordId;
  }
}
