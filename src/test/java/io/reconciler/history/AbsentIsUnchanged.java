package io.reconciler.history;

import io.reconciler.engine.apply.plan.IncomingRecord;
import io.reconciler.engine.apply.plan.Page;
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
  private final Map<String, List<String>> absent = new HashMap<>();

  AbsentIsUnchanged(World world) {
    this.world = world;
  }

  @Override
  public boolean before(Passage passage) {
    if (passage.at("pull-page", "pullStage.convert")) {
      absent.clear();
      for (Object record : passage.exchange().getMessage().getBody(List.class)) {
        look((AirtableRecord) record);
      }
    }
    return true;
  }

  private void look(AirtableRecord record) {
    if (world.lead(record.id()).isEmpty()) {
      return;
    }
    List<String> columns = new ArrayList<>();
    for (FieldMapping field : world.mapping().airtableFields()) {
      if (record.cell(String.valueOf(field.airtableField())) == null) {
        columns.add(field.column());
      }
    }
    absent.put(record.id(), columns);
  }

  @Override
  public void after(Passage passage) {
    if (passage.at("pull-page", "pullStage.convert")) {
      Tamper.body(
          passage.exchange(),
          Page.class,
          page -> page.of(page.records().stream().map(this::shown).toList()));
    }
  }

  private IncomingRecord shown(IncomingRecord record) {
    Map<String, Object> shown = new HashMap<>(record.values());
    shown.keySet().removeAll(absent.getOrDefault(record.id(), List.of()));
    return new IncomingRecord(
        record.id(), record.created(), record.modified(), shown, record.failures());
  }
}
