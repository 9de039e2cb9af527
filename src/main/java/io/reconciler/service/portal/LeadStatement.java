package io.reconciler.service.portal;

import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import java.util.List;
import java.util.stream.Collectors;

/** The statement of a list of leads that is searched or sorted; what it looks through is mapped. */
final class LeadStatement {

  private static final List<String> SEARCHED =
      List.of("first_name", "last_name", "email", "phone", "company");

  private final String searched;

  LeadStatement(Mapping mapping) {
    this.searched =
        mapping.fields().stream()
            .map(FieldMapping::column)
            .filter(SEARCHED::contains)
            .map(column -> ", l.\"" + column + "\"")
            .collect(Collectors.joining());
  }

  /** The list of a query, from its start or after a place. */
  String of(LeadQuery query, boolean after) {
    StringBuilder sql =
        new StringBuilder(
            "select cast(row_to_json(l) as text) from leads l"
                + " where (:all or l.client_id = cast(:client as uuid))");
    if (query.search() != null) {
      sql.append(" and concat_ws(' '").append(searched).append(") ilike :search");
    }
    if (query.claimed() != null) {
      sql.append(
          switch (query.claimed()) {
            case "true" -> " and l.claimed_by is not null";
            case "false" -> " and l.claimed_by is null";
            default -> " and l.claimed_by = cast(:user as uuid)";
          });
    }
    return sql.append(order(query, after)).append(" limit :limit").toString();
  }

  // A row without a time counts as the oldest.
  private static String order(LeadQuery query, boolean after) {
    if (query.column() == null) {
      return (after ? " and l.id > :after" : "") + " order by l.id";
    }
    String time = "coalesce(l." + query.column() + ", '-infinity')";
    String way = query.backwards() ? " desc" : "";
    String from =
        after
            ? " and (%s, l.id) %s (cast(:time as timestamptz), :after)"
                .formatted(time, query.backwards() ? "<" : ">")
            : "";
    return from + " order by " + time + way + ", l.id" + way;
  }
}
