package io.reconciler.service.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.side.mapping.Conversion;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.text.Plain;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who or what a row is, for a person. Pure.
 *
 * @param name its name; of a row without one, its record id
 * @param client whose it is, by id or base; null where nobody knows
 * @param detail what tells it from others of that name, such as an e-mail address; may be empty
 */
record RowTitle(String name, String detail, String recordId, @Nullable String client) {

  private static final int LONGEST = 80;
  private static final Set<String> WHOLE =
      Set.of("name", "full_name", "title", "company_name", "subject", "label");
  private static final List<String> PARTS = List.of("first_name", "last_name");

  /** Of a record of which nothing else is known. */
  static RowTitle of(String recordId, @Nullable String client) {
    return new RowTitle(recordId, "", recordId, client);
  }

  /** The same, as a record of this client. */
  RowTitle of(@Nullable String owner) {
    return new RowTitle(name, detail, recordId, owner);
  }

  static RowTitle of(Mapping mapping, String recordId, @Nullable JsonNode row) {
    if (row == null) {
      return of(recordId, (String) null);
    }
    String name =
        nameColumns(mapping).stream()
            .map(column -> row.path(column).asText("").strip())
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(" "));
    String detail = detailColumn(mapping).map(column -> row.path(column).asText("")).orElse("");
    return new RowTitle(
        name.isEmpty() ? recordId : Plain.head(name, LONGEST),
        Plain.head(detail, LONGEST),
        recordId,
        null);
  }

  /** The columns of the name, in its order. */
  static List<String> nameColumns(Mapping mapping) {
    Set<String> columns =
        mapping.fields().stream().map(FieldMapping::column).collect(Collectors.toSet());
    List<String> parts = PARTS.stream().filter(columns::contains).toList();
    if (!parts.isEmpty()) {
      return parts;
    }
    return Stream.concat(
            mapping.fields().stream().map(FieldMapping::column).filter(WHOLE::contains),
            texts(mapping))
        .limit(1)
        .toList();
  }

  /** The column that tells rows of one name apart. */
  static Optional<String> detailColumn(Mapping mapping) {
    return mapping.fields().stream()
        .filter(field -> isEmail(field))
        .map(FieldMapping::column)
        .findFirst();
  }

  private static boolean isEmail(FieldMapping field) {
    return Objects.equals(field.airtableType(), "email") || field.column().equals("email");
  }

  private static Stream<String> texts(Mapping mapping) {
    return mapping.airtableFields().stream()
        .filter(field -> field.conversion().kind() == Conversion.Kind.TEXT)
        .map(FieldMapping::column);
  }
}
