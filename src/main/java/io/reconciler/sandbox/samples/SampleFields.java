package io.reconciler.sandbox.samples;

import io.reconciler.sandbox.table.Ids;
import io.reconciler.sandbox.table.People;
import io.reconciler.sandbox.table.SandboxField;
import io.reconciler.sandbox.table.SandboxTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Fields of every type, and what stands in their cells. */
final class SampleFields {

  private static final List<String> CHOICES = List.of("New", "In work", "Done", "Won't \"do\"");
  private static final List<String> WORDS =
      List.of("amber", "birch", "cobalt", "dune", "ember", "Ω-fjord", "grove", "harbour");

  /** Each with a name that people give such fields; some of these are awkward on purpose. */
  private static final List<SandboxField> KINDS =
      List.of(
          SandboxField.of("Order", "singleLineText"),
          SandboxField.of("Notes / Plans", "multilineText"),
          SandboxField.of("Brief", "richText"),
          SandboxField.of("E-mail", "email"),
          SandboxField.of("Website 🔗", "url"),
          SandboxField.of("Phone #", "phoneNumber"),
          SandboxField.of("Seats", "number").withOptions(Map.of("precision", 0)),
          SandboxField.of("Price", "number").withOptions(Map.of("precision", 2)),
          SandboxField.of("Rate %", "percent").withOptions(Map.of("precision", 1)),
          SandboxField.of("Budget", "currency").withOptions(Map.of("precision", 2)),
          SandboxField.of("Stars", "rating"),
          SandboxField.of("Time spent", "duration"),
          SandboxField.of("Done?", "checkbox"),
          SandboxField.of("Stage", "singleSelect").withChoices(CHOICES),
          SandboxField.of("Tags", "multipleSelects").withChoices(CHOICES),
          SandboxField.of("Due", "date"),
          SandboxField.of("Starts at", "dateTime"),
          SandboxField.of("Files", "multipleAttachments"),
          SandboxField.of("Owner", "singleCollaborator"),
          SandboxField.of("Team", "multipleCollaborators"),
          SandboxField.of("Barcode", "barcode"),
          SandboxField.formula("Shout", "UPPER({Name})&'!'", "singleLineText"),
          SandboxField.formula("Letters", "LEN({Name})/3", "number"),
          SandboxField.formula("Long?", "LEN({Name})>12", "number"),
          SandboxField.formula("Born", "CREATED_TIME()", "dateTime"),
          SandboxField.of("ID", "autoNumber"),
          SandboxField.of("Created At", "createdTime"),
          SandboxField.of("Author", "createdBy"),
          SandboxField.of("Editor", "lastModifiedBy"),
          SandboxField.lastModified("Day of last edit").withResultType("date"),
          SandboxField.of("Open", "button"),
          SandboxField.of("Summary", "aiText"),
          SandboxField.of("Source", "externalSyncSource"),
          SandboxField.of("name", "singleLineText"),
          SandboxField.of(
              "What the customer said when we asked why they had chosen us over others",
              "singleLineText"));

  private SampleFields() {}

  /** The field whose turn it is, under a name that the table does not have. */
  static SandboxField field(int turn, SandboxTable table) {
    SandboxField kind = KINDS.get(Math.floorMod(turn, KINDS.size()));
    List<String> names = table.fields().stream().map(SandboxField::name).toList();
    String name = kind.name();
    for (int number = 2; names.contains(name); number++) {
      name = kind.name() + " " + number;
    }
    return kind.withName(name);
  }

  /** The cells of a new record; some are empty. */
  static Map<String, Object> cells(
      SandboxTable table, int number, SplittableRandom random, Instant created) {
    Map<String, Object> cells = new HashMap<>();
    for (SandboxField field : table.fields()) {
      boolean first = field.name().equals("Name");
      Object value = first || random.nextInt(5) > 0 ? cell(field, random, created) : null;
      if (value != null) {
        cells.put(field.name(), first ? value + " " + number : value);
      }
    }
    return cells;
  }

  private static @Nullable Object cell(SandboxField field, SplittableRandom random, Instant at) {
    return switch (field.type()) {
      case "singleLineText", "externalSyncSource" -> words(random, 2);
      case "multilineText" -> words(random, 3) + "\n" + words(random, 2);
      case "richText" -> "**" + words(random, 1) + "** and *" + words(random, 2) + "*\n";
      case "email" -> "person" + random.nextInt(10_000) + "@example.com";
      case "url" -> "https://www.example.com/" + random.nextInt(10_000) + "?a=1&b=%20";
      case "phoneNumber" -> "+1 555 01" + (10 + random.nextInt(90));
      case "number" -> number(field, random);
      case "percent" -> random.nextInt(2_000) / 1000.0;
      case "currency" -> (random.nextInt(20_000_000) - 1_000_000) / 100.0;
      case "rating" -> 1 + random.nextInt(5);
      case "duration" -> 60 * random.nextInt(10_000);
      case "checkbox" -> random.nextBoolean();
      case "singleSelect" -> pick(field.choices(), random);
      case "multipleSelects" ->
          List.of(field.choices().get(2), field.choices().get(random.nextInt(2)));
      case "date" -> at.minus(Duration.ofDays(random.nextInt(20_000))).toString().substring(0, 10);
      case "dateTime" -> at.plusMillis(random.nextInt(1_000_000_000));
      default -> structure(field, random);
    };
  }

  private static @Nullable Object structure(SandboxField field, SplittableRandom random) {
    return switch (field.type()) {
      case "multipleAttachments" -> attachments(random);
      case "singleCollaborator" -> People.person(random.nextInt(3));
      case "multipleCollaborators" -> People.all().subList(0, 1 + random.nextInt(3));
      case "barcode" -> Map.of("text", "4006381" + random.nextInt(1_000_000), "type", "upce");
      case "button" -> Map.of("label", "Open", "url", "https://www.example.com/open");
      case "aiText" -> Map.of("state", "generated", "value", words(random, 4), "isStale", false);
      default -> null;
    };
  }

  private static Object number(SandboxField field, SplittableRandom random) {
    return field.options().path("precision").asInt() == 0
        ? (Object) random.nextInt(-1000, 1_000_000)
        : (Object) (random.nextInt(10_000_000) / 1000.0);
  }

  private static List<Map<String, Object>> attachments(SplittableRandom random) {
    List<Map<String, Object>> files = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(2); i++) {
      String id = new Ids(random.nextLong()).next("att");
      files.add(
          Map.of(
              "id",
              id,
              "filename",
              words(random, 1) + ".pdf",
              "size",
              1024,
              "type",
              "application/pdf"));
    }
    return files;
  }

  private static String words(SplittableRandom random, int count) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      words.add(pick(WORDS, random));
    }
    return String.join(" ", words);
  }

  private static String pick(List<String> texts, SplittableRandom random) {
    return texts.get(random.nextInt(texts.size()));
  }
}
