package io.reconciler.engine.verify;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How the two sides of a client compare, in records.
 *
 * @param table the table's name where there is more than one; absent else
 * @param matched records that equal their lead in every mapped field
 * @param different records that do not
 * @param missing records without an active lead
 * @param extra active leads without a record
 * @param causes how many fields that differ, missing and extra records have which cause; altered
 *     ones, and those that row security may hide, only where there are any
 * @param differences every field that differs, up to {@link Comparison#KEPT}
 * @param differencesLeftOut how many more there are; absent when there are none
 * @param notLinked leads that have no record in Airtable by design: they are no difference; absent
 *     when there are none
 * @param errors fields that are gone from Airtable, and what it listed that is no record; absent
 *     when there is none
 */
public record VerifyResult(
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String table,
    UUID clientId,
    String baseId,
    long matched,
    long different,
    long missing,
    long extra,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) long notLinked,
    Map<Cause, Long> causes,
    List<Difference> differences,
    List<String> missingRecords,
    List<String> extraRecords,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) long differencesLeftOut,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> errors) {

  /** Whether both sides hold the same. */
  @JsonIgnore
  public boolean isEqual() {
    return different == 0 && missing == 0 && extra == 0 && errors.isEmpty();
  }
}
