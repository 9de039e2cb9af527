package io.reconciler.service.page;

import java.util.List;

/** What a run changed of a record, as lines of a file. Pure. */
final class ChangeLines {

  private ChangeLines() {}

  static List<String> of(ChangeView change) {
    if (change.fields().isEmpty()) {
      return List.of(line(change, "", "", ""));
    }
    return change.fields().stream()
        .map(field -> line(change, field.field(), text(field.from()), text(field.to())))
        .toList();
  }

  private static String line(ChangeView change, String field, String from, String to) {
    ChangeRow row = change.row();
    return Csv.line(
        List.of(
            row.at().toString(),
            row.table(),
            row.recordId(),
            change.title().name(),
            change.what(),
            field,
            from,
            to));
  }

  private static String text(Value value) {
    return value.kind() == Value.Kind.NOTHING ? "" : value.text();
  }
}
