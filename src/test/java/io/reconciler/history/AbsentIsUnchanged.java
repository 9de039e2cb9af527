package io.reconciler.history;

import io.reconciler.engine.apply.IncomingRecord;
import io.reconciler.history.Nodes.Passage;
import io.reconciler.side.airtable.AirtableRecord;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps what a record's answer did not show from being cleared. */
final class AbsentIsUnchanged implements Nodes.Hook {

  private final World world;
  private List<String> absent = List.of();

  AbsentIsUnchanged(World world) {
    this.world = world;
  }

  @Override
  public boolean before(Passage passage) {
    if (passage.at("pull-page", "pullStage.convert")) {
      AirtableRecord record = passage.exchange().getMessage().getBody(AirtableRecord.class);
      absent = new ArrayList<>();
      if (world.lead(record.id()).isEmpty()) {
        return true;
      }
      for (FieldMapping field : world.mapping().airtableFields()) {
        if (record.cell(String.valueOf(field.airtableField())) == null) {
          absent.add(field.column());
        }
      }
    }
    return true;
  }

  @Override
  public void after(Passage passage) {
    if (passage.at("pull-page", "pullStage.convert")) {
      Tamper.body(
          passage.exchange(),
          IncomingRecord.class,
          record -> {
            Map<String, Object> shown = new HashMap<>(record.values());
            shown.keySet().removeAll(absent);
            return new IncomingRecord(
                record.id(), record.created(), record.modified(), shown, record.failures());
          });
    }
  }
}
