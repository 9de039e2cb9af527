package io.reconciler.sandbox.samples;

import io.reconciler.sandbox.table.RowView;
import io.reconciler.sandbox.table.SandboxField;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a sample lead's cell: by the field's name where it is well known, else its type.
 */
final class SampleCells {

  private static final List<String> TAGS =
      List.of("webinar", "newsletter", "course buyer", "podcast", "workshop");
  private static final List<String> NOTES =
      List.of(
          "Asked for pricing.",
          "Call back next week.",
          "Wants a demo for the team.",
          "Left voicemail.");

  private static final Map<String, List<String>> CHOICES = choices();
  private static final Map<String, Function<SampleLead, @Nullable Object>> BY_NAME = byName();
  private static final Map<String, Function<SampleLead, @Nullable Object>> BY_TYPE = byType();

  private SampleCells() {}

  /** Returns the options of a well known select, none otherwise. */
  static List<String> choices(String field) {
    return CHOICES.getOrDefault(field, List.of());
  }

  /** Returns the cells that are not empty. */
  static Map<String, Object> of(SampleLead lead, List<SandboxField> fields) {
    Map<String, Object> cells = new TreeMap<>();
    for (SandboxField field : fields) {
      Object value = field.computed() ? null : cell(lead, field);
      if (value != null) {
        cells.put(field.name(), value);
      }
    }
    return cells;
  }

  private static @Nullable Object cell(SampleLead lead, SandboxField field) {
    Function<SampleLead, @Nullable Object> named = BY_NAME.get(field.name());
    if (named != null) {
      return named.apply(lead);
    }
    if (field.isSelect()) {
      boolean empty = field.choices().isEmpty() || lead.random().nextInt(4) == 0;
      return empty ? null : lead.pick(field.choices());
    }
    return BY_TYPE.getOrDefault(field.type(), ignored -> null).apply(lead);
  }

  private static Map<String, List<String>> choices() {
    return Map.of(
        "SMS Status", List.of("New", "In Sequence", "Replied", "Completed", "Stopped"),
        "SMS Variant", List.of("A", "B"),
        "SMS Batch Control", List.of("Batch 1", "Batch 2", "Hold"),
        "Processing Status", List.of("Queued", "Ready for SMS", "In Sequence", "Complete"),
        "HRQ Status", List.of("None", "Qualified", "Manual Review"),
        "Enrichment Outcome", List.of("Enriched", "No Match"),
        "Engagement - Level", List.of("Green", "Yellow", "Red"));
  }

  private static Map<String, Function<SampleLead, @Nullable Object>> byName() {
    Map<String, Function<SampleLead, @Nullable Object>> cells = new HashMap<>();
    cells.put("First Name", SampleLead::first);
    cells.put("Last Name", SampleLead::last);
    cells.put("Email", SampleLead::email);
    cells.put("Phone", SampleLead::phone);
    cells.put("Company", SampleLead::company);
    cells.put("Job Title", lead -> lead.pick(List.of("Coach", "Founder", "VP Sales", "Trainer")));
    cells.put("ICP Score", lead -> lead.random().nextInt(101));
    cells.put("Kajabi Tags", lead -> lead.pick(TAGS) + ", " + lead.pick(TAGS));
    cells.put("Lead Source", lead -> lead.pick(List.of("Standard Form", "Webinar", "Referral")));
    putMessages(cells);
    putSales(cells);
    return cells;
  }

  private static void putMessages(Map<String, Function<SampleLead, @Nullable Object>> cells) {
    cells.put("SMS Sent Count", SampleLead::sent);
    cells.put("SMS Sequence Position", SampleLead::sent);
    cells.put("SMS Last Sent At", when(lead -> lead.sent() > 0, SampleLead::moment));
    cells.put("SMS Eligible", lead -> !lead.stopped());
    cells.put("SMS Stop", SampleLead::stopped);
    cells.put("SMS Stop Reason", when(SampleLead::stopped, lead -> "Replied STOP"));
    cells.put("Short Link ID", SampleLead::slug);
    cells.put("Short Link URL", lead -> "https://go.example.com/" + lead.slug());
    cells.put("Click Count", lead -> lead.clicked() ? 1 + lead.random().nextInt(4) : 0);
    cells.put("Clicked Link", SampleLead::clicked);
    cells.put("First Clicked At", when(SampleLead::clicked, SampleLead::moment));
    cells.put("Booked", SampleLead::booked);
    cells.put("Booked At", when(SampleLead::booked, SampleLead::moment));
  }

  private static void putSales(Map<String, Function<SampleLead, @Nullable Object>> cells) {
    cells.put("Claimed By", when(SampleLead::claimed, SampleLead::salesperson));
    cells.put("Claimed At", when(SampleLead::claimed, SampleLead::moment));
    cells.put("Notes", when(lead -> lead.random().nextInt(4) == 0, SampleCells::note));
  }

  private static String note(SampleLead lead) {
    Instant written = RowView.shown(lead.moment());
    return "[" + written + "] Sam Rivera: " + lead.pick(NOTES);
  }

  private static Function<SampleLead, @Nullable Object> when(
      Function<SampleLead, Boolean> condition, Function<SampleLead, Object> value) {
    return lead -> condition.apply(lead) ? value.apply(lead) : null;
  }

  private static Map<String, Function<SampleLead, @Nullable Object>> byType() {
    return Map.of(
        "singleLineText", lead -> "Sample " + (1 + lead.random().nextInt(9)),
        "multilineText", lead -> "First line\nSecond line",
        "email", SampleLead::email,
        "phoneNumber", SampleLead::phone,
        "url", lead -> "https://www.example.com/" + lead.slug(),
        "number", lead -> lead.random().nextInt(100),
        "checkbox", lead -> lead.random().nextBoolean(),
        "dateTime", lead -> lead.random().nextBoolean() ? lead.moment() : null,
        "date", lead -> lead.moment().toString().substring(0, 10));
  }
}
