package io.reconciler.service.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.OneColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What came of a job, as it is shown. */
final class JobViews {

  private final MappingSet mappings;
  private final RowReader rows;
  private final LinkReader links;

  JobViews(PageParts parts) {
    this.mappings = parts.mappings();
    this.rows = parts.rows();
    this.links = parts.links();
  }

  /**
   * What a dry run would write.
   *
   * @param more writes that are not shown
   */
  record Plan(long count, long conflicts, long more, List<Write> writes, List<String> failures) {}

  record Write(RowTitle title, String where, String field, Value from, Value to, String why) {}

  /** Many entries that were settled together. */
  record Settled(List<Group> groups) {}

  /** Those of them that came to the same. */
  record Group(String text, long count, Tone tone) {}

  /** Where in the navigation a job belongs. */
  static String place(String kind) {
    return switch (kind) {
      case DryRuns.KIND -> "overview";
      case "verify" -> "verify";
      default -> kind.startsWith("conflict") ? "conflicts" : "dead-letters";
    };
  }

  /** Null while it goes on, or when it failed. */
  @Nullable Object of(JobRow job) {
    if (job.result().isMissingNode()) {
      return null;
    }
    return job.kind().equals(DryRuns.KIND) ? plan(job.result()) : settled(job.result());
  }

  private Plan plan(JsonNode result) {
    List<JsonNode> writes =
        StreamSupport.stream(result.path("writes").spliterator(), false).toList();
    Map<String, Map<String, RowTitle>> titles = new HashMap<>();
    writes.stream()
        .collect(Collectors.groupingBy(this::place))
        .forEach((place, those) -> titles.put(place, titles(those)));
    return links.with(names -> plan(result, writes, titles, names));
  }

  private Plan plan(
      JsonNode result,
      List<JsonNode> writes,
      Map<String, Map<String, RowTitle>> titles,
      LinkNames names) {
    long count = result.path("count").asLong();
    return new Plan(
        count,
        result.path("conflicts").asLong(),
        count - writes.size(),
        writes.stream().map(write -> write(write, titles, names)).toList(),
        OneColumn.elements(result.path("failures")));
  }

  private Map<String, RowTitle> titles(List<JsonNode> writes) {
    return rows.titles(
        mapping(writes.get(0)),
        writes.get(0).path("client").textValue(),
        writes.stream().map(write -> write.path("recordId").asText()).toList());
  }

  // The table and the client, within which a record id names one record.
  private String place(JsonNode write) {
    return mapping(write).name() + ' ' + write.path("client").asText();
  }

  // Where there is only one table, nobody names it.
  private Mapping mapping(JsonNode write) {
    return mappings
        .named(write.path("table").textValue())
        .orElseGet(() -> mappings.inOrder().get(0));
  }

  private Write write(JsonNode write, Map<String, Map<String, RowTitle>> titles, LinkNames names) {
    String client = write.path("client").textValue();
    Mapping mapping = mapping(write);
    String column = write.path("field").asText();
    FieldMapping field = Fields.of(mapping, column);
    String id = write.path("recordId").asText();
    RowTitle title = titles.getOrDefault(place(write), Map.of()).get(id);
    return new Write(
        title == null ? RowTitle.of(id, client) : title,
        write.path("direction").asText().equals("push") ? "Airtable" : "here",
        Fields.name(field, column),
        Value.of(field, names.in(field, client, write.path("from"))),
        Value.of(field, names.in(field, client, write.path("to"))),
        write.path("decision").asText());
  }

  private static Settled settled(JsonNode result) {
    List<Group> groups = new ArrayList<>();
    result
        .path("groups")
        .forEach(
            group ->
                groups.add(
                    new Group(
                        group.path("text").asText(),
                        group.path("count").asLong(),
                        Tone.valueOf(group.path("tone").asText()))));
    return new Settled(groups);
  }
}
