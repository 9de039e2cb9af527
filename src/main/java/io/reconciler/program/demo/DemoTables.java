package io.reconciler.program.demo;

import io.reconciler.side.mapping.Conversion;
import io.reconciler.side.mapping.Conversion.Kind;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingFile;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.mapping.Owner;
import io.reconciler.side.mapping.PgType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The demo's mappings: leads, and the companies that they are linked to. */
final class DemoTables {

  /** The Airtable field of a lead that links to its company. */
  static final String LINK = "Employer";

  private static final String COMPANIES = "mapping/demo/companies.yaml";

  private DemoTables() {}

  /** Both, with a column more in leads for the link. */
  static MappingSet with(Mapping leads) {
    Mapping companies = companies();
    List<FieldMapping> fields = new ArrayList<>(leads.fields());
    fields.add(
        new FieldMapping(
            "employer_id",
            PgType.parse("uuid"),
            false,
            null,
            LINK,
            "multipleRecordLinks",
            new Conversion(Kind.LINK, Map.of(), companies.name(), false),
            Owner.AIRTABLE,
            null));
    Mapping linked =
        new Mapping(
            leads.name(),
            leads.table(),
            leads.lastModifiedField(),
            leads.base(),
            leads.filter(),
            leads.postgres(),
            fields,
            leads.groups());
    return new MappingSet(List.of(companies, linked));
  }

  private static Mapping companies() {
    try (InputStream in =
        Objects.requireNonNull(DemoTables.class.getResourceAsStream("/" + COMPANIES), COMPANIES)) {
      return MappingFile.read(COMPANIES, in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
