package io.reconciler.sandbox.samples;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.sandbox.table.SandboxTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Invented companies that leads are linked to: the same ones for the same leads and seed. */
public final class SampleCompanies {

  private static final Duration AGE = Duration.ofDays(120);
  private static final List<String> INDUSTRIES =
      List.of("Coaching", "Logistics", "Media", "Retail");
  private static final List<String> TAGS = List.of("Key account", "Trial", "Churn risk");

  private SampleCompanies() {}

  /** Returns the fields, with a last modified time of all. */
  public static List<SandboxField> fields(String lastModifiedField) {
    return List.of(
        SandboxField.of("Name", "singleLineText"),
        SandboxField.of("Industry", "singleSelect").withChoices(INDUSTRIES),
        SandboxField.of("Revenue", "currency"),
        SandboxField.of("Founded", "date"),
        SandboxField.of("Seats", "number"),
        SandboxField.of("Tags", "multipleSelects").withChoices(TAGS),
        SandboxField.lastModified(lastModifiedField));
  }

  /** Adds a company for each name that leads have in a field, and links them by another. */
  public static void fill(
      SandboxTable companies,
      SandboxTable leads,
      String nameField,
      String link,
      long seed,
      Instant now) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, String> ids = new TreeMap<>();
    for (String lead : leads.ids()) {
      JsonNode name = leads.cells(lead).get(nameField);
      if (name != null) {
        String company =
            ids.computeIfAbsent(
                name.asText(), text -> companies.create(now.minus(AGE), cells(text, random)));
        Instant edited = leads.modified(lead);
        leads.update(lead, Map.of(link, List.of(company)));
        leads.setModified(lead, edited);
      }
    }
    companies.ids().forEach(id -> companies.setModified(id, now.minus(AGE)));
  }

  private static Map<String, Object> cells(String name, SplittableRandom random) {
    return Map.of(
        "Name",
        name,
        "Industry",
        INDUSTRIES.get(random.nextInt(INDUSTRIES.size())),
        "Revenue",
        random.nextInt(1_000_000_00) / 100.0,
        "Founded",
        "%d-%02d-01".formatted(1980 + random.nextInt(40), 1 + random.nextInt(12)),
        "Seats",
        5 * (1 + random.nextInt(40)),
        "Tags",
        List.of(TAGS.get(random.nextInt(TAGS.size()))));
  }
}
