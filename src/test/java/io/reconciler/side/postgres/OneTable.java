package io.reconciler.side.postgres;

import java.util.List;

/** Takes V18 back: the engine's tables as they were when leads was the only table. */
final class OneTable {

  private OneTable() {}

  static List<String> statements() {
    return List.of(
        "alter table reconciler.watermark drop column table_name, add primary key (client_id)",
        "alter table reconciler.agreed_value drop column table_name, drop column gone,"
            + " add primary key (airtable_record_id)",
        "create index agreed_value_pending on reconciler.agreed_value (client_id) where pending",
        "alter table reconciler.conflict drop column table_name",
        "alter table reconciler.dead_letter drop column table_name",
        "create unique index dead_letter_unsettled on reconciler.dead_letter"
            + " (client_id, stage, airtable_record_id, field) where status <> 'closed'",
        "alter table reconciler.left_record drop column table_name,"
            + " add primary key (client_id, airtable_record_id)",
        "delete from reconciler.schema_history where version = '18'");
  }
}
