package io.reconciler.service.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.postgres.OneColumn;
import io.reconciler.text.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How both sides of the clients compare. Pure. */
record VerifyView(Tone tone, String said, List<Client> clients, List<Line> lines, long more) {

  /** So many differences are on the page; the file has all that were kept. */
  static final int SHOWN = 200;

  /** A client's numbers, or what stopped its comparison. */
  record Client(
      String name,
      String base,
      String table,
      long matched,
      long different,
      long missing,
      long extra,
      long notLinked,
      String causes,
      List<String> errors,
      String failure) {}

  record Line(
      String client,
      String table,
      RowTitle title,
      String field,
      Value airtable,
      Value here,
      String why) {}

  /** Who or what these records of a client are, by record id. */
  interface Titles {
    Map<String, RowTitle> of(Mapping mapping, String base, List<String> recordIds);
  }

  static VerifyView of(
      JsonNode result, Function<@Nullable String, Mapping> tables, Titles titles, LinkNames names) {
    List<Client> clients = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    long left = 0;
    for (JsonNode outcome : result.path("outcomes")) {
      clients.add(client(outcome));
      Mapping mapping = tables.apply(outcome.path("result").path("table").textValue());
      lines.addAll(
          lines(
              outcome,
              mapping,
              titles.of(mapping, outcome.path("base").asText(), ids(outcome)),
              names));
      left += outcome.path("result").path("differencesLeftOut").asLong();
    }
    long shown = Math.min(SHOWN, lines.size());
    return new VerifyView(
        tone(clients), said(clients), clients, lines, lines.size() - shown + left);
  }

  /** The first of the lines. */
  public List<Line> shown() {
    return lines.subList(0, Math.min(SHOWN, lines.size()));
  }

  private static Tone tone(List<Client> clients) {
    if (clients.stream().anyMatch(client -> !client.failure().isEmpty())) {
      return Tone.BAD;
    }
    return clients.stream().allMatch(VerifyView::isEqual) ? Tone.CALM : Tone.WARN;
  }

  private static boolean isEqual(Client client) {
    return client.different() + client.missing() + client.extra() == 0 && client.errors().isEmpty();
  }

  private static String said(List<Client> clients) {
    long matched = clients.stream().mapToLong(Client::matched).sum();
    long other = clients.stream().mapToLong(c -> c.different() + c.missing() + c.extra()).sum();
    if (clients.stream().anyMatch(client -> !client.failure().isEmpty())) {
      return "Not every client could be compared.";
    }
    return other == 0
        ? "Both sides hold the same: "
            + Counted.of(matched, "record")
            + " compared, field by field."
        : "%s the same, %s not."
            .formatted(
                Counted.of(matched, "record is", "records are"), Counted.of(other, "is", "are"));
  }

  private static Client client(JsonNode outcome) {
    JsonNode result = outcome.path("result");
    List<String> causes = new ArrayList<>();
    result.path("causes").properties().stream()
        .filter(cause -> cause.getValue().asLong() > 0)
        .forEach(
            cause ->
                causes.add("%,d %s".formatted(cause.getValue().asLong(), cause(cause.getKey()))));
    return new Client(
        outcome.path("client").asText(),
        outcome.path("base").asText(),
        result.path("table").asText(""),
        result.path("matched").asLong(),
        result.path("different").asLong(),
        result.path("missing").asLong(),
        result.path("extra").asLong(),
        result.path("notLinked").asLong(),
        String.join(", ", causes),
        OneColumn.elements(result.path("errors")),
        outcome.path("failure").asText(""));
  }

  private static List<String> ids(JsonNode outcome) {
    List<String> ids = new ArrayList<>();
    JsonNode result = outcome.path("result");
    result.path("differences").forEach(d -> ids.add(d.path("recordId").asText()));
    ids.addAll(OneColumn.elements(result.path("missingRecords")));
    ids.addAll(OneColumn.elements(result.path("extraRecords")));
    return ids;
  }

  private static List<Line> lines(
      JsonNode outcome, Mapping mapping, Map<String, RowTitle> titles, LinkNames names) {
    List<Line> lines = new ArrayList<>();
    String client = outcome.path("client").asText();
    String base = outcome.path("base").asText();
    JsonNode result = outcome.path("result");
    for (JsonNode id : result.path("missingRecords")) {
      lines.add(whole(client, mapping, title(id, base, titles), "has no active row here"));
    }
    for (JsonNode id : result.path("extraRecords")) {
      lines.add(whole(client, mapping, title(id, base, titles), "is not in Airtable"));
    }
    for (JsonNode difference : result.path("differences")) {
      FieldMapping field = Fields.of(mapping, difference.path("field").asText());
      lines.add(
          new Line(
              client,
              mapping.name(),
              title(difference.path("recordId"), base, titles),
              Fields.name(field, difference.path("field").asText()),
              Value.of(field, names.in(field, base, difference.path("airtable"))),
              Value.of(field, names.in(field, base, difference.path("postgres"))),
              why(difference)));
    }
    return lines;
  }

  private static Line whole(String client, Mapping mapping, RowTitle title, String why) {
    return new Line(client, mapping.name(), title, "", Value.NOTHING, Value.NOTHING, why);
  }

  private static RowTitle title(JsonNode id, String base, Map<String, RowTitle> titles) {
    String text = id.asText();
    RowTitle title = titles.get(text);
    return (title == null ? RowTitle.of(text, base) : title).of(base);
  }

  private static String cause(String name) {
    return switch (name) {
      case "dead-letter" -> "in the dead letters";
      case "pending" -> "on the way to Airtable";
      case "in-grace" -> "edited a moment ago";
      case "altered" -> "altered by the database";
      default -> "not seen by a run yet";
    };
  }

  private static String why(JsonNode difference) {
    String cause =
        switch (difference.path("cause").asText()) {
          case "dead-letter" -> "waits in the dead letters";
          case "pending" -> "on its way to Airtable";
          case "in-grace" -> "edited a moment ago";
          case "altered" -> "a trigger or the column's type altered it";
          default -> "no run has seen it yet";
        };
    String reason = difference.path("reason").asText("");
    return reason.isEmpty() ? cause : cause + ": " + reason;
  }
}
