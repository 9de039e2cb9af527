package io.reconciler.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.reconciler.sandbox.LoggedWrite;
import io.reconciler.world.World;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What must hold after every single run, whatever went wrong in it. */
final class Watch {

  private static final List<String> PORTAL_OWNED = List.of("Claimed By", "Claimed At", "Notes");

  private final World world;
  private final EditLog edits;
  private final Set<String> portalOwned;
  private final Map<String, Map<String, JsonNode>> cells = new HashMap<>();
  private Set<String> inactive = new HashSet<>();
  private int edited;

  Watch(World world, EditLog edits) {
    this.world = world;
    this.edits = edits;
    this.portalOwned = ids(PORTAL_OWNED);
  }

  void before() {
    world.sandbox().clearLogs();
    cells.clear();
    world.leads().ids().forEach(id -> cells.put(id, new HashMap<>(world.leads().cells(id))));
    inactive = inactive();
    edited = edits.all().size();
  }

  List<String> after() {
    List<String> wrong = new ArrayList<>();
    writes(wrong);
    note();
    deactivations(wrong);
    times(wrong);
    doubles(wrong);
    return wrong;
  }

  // A write whose answer was lost may come again as it was; nothing else is sent for nothing.
  private void writes(List<String> wrong) {
    Set<String> editedMeanwhile = new HashSet<>();
    edits.all().stream().skip(edited).forEach(edit -> editedMeanwhile.add(edit.record()));
    Map<String, LoggedWrite> last = new HashMap<>();
    for (LoggedWrite write : world.sandbox().writes()) {
      if (!portalOwned.containsAll(ids(write.fields().keySet()))) {
        wrong.add("P7 a field that is not the portal's was sent: " + write.fields().keySet());
      }
      LoggedWrite before = last.put(write.recordId(), write);
      boolean again = before != null && before.fields().equals(write.fields());
      if (!again && !editedMeanwhile.contains(write.recordId())) {
        unchanged(write).forEach(f -> wrong.add("P7 " + f + " was sent without a change"));
      }
    }
  }

  private void note() {
    for (LoggedWrite write : world.sandbox().writes()) {
      for (Cell cell : Cell.values()) {
        JsonNode value = write.fields().get(cell.field());
        if (value != null) {
          edits.sent(write.recordId(), cell, cell.text(value.isNull() ? null : value.asText()));
        }
      }
    }
  }

  // The log has the names of the moment; a field keeps its id whatever it is called.
  private Set<String> ids(Collection<String> names) {
    return names.stream().map(name -> world.leads().field(name).id()).collect(Collectors.toSet());
  }

  private List<String> unchanged(LoggedWrite write) {
    Map<String, JsonNode> known = cells.computeIfAbsent(write.recordId(), id -> new HashMap<>());
    List<String> same = new ArrayList<>();
    write
        .fields()
        .forEach(
            (field, value) -> {
              JsonNode before = known.put(field, value);
              if ((before == null ? NullNode.instance : before).equals(value)) {
                same.add(field);
              }
            });
    return same;
  }

  private void deactivations(List<String> wrong) {
    Set<String> now = inactive();
    now.removeAll(inactive);
    now.stream()
        .filter(id -> world.leads().exists(id))
        .forEach(id -> wrong.add("P5 " + id + " exists and was deactivated"));
  }

  private void times(List<String> wrong) {
    world.leads().ids().forEach(id -> edits.at(id, world.leads().modified(id)));
    world
        .jdbc()
        .sql("select airtable_record_id, updated_at from leads")
        .query(
            (row, number) ->
                Map.entry(row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant()))
        .list()
        .stream()
        .filter(lead -> lead.getValue().isAfter(edits.latest(lead.getKey())))
        .forEach(
            lead ->
                wrong.add(
                    "updated_at of "
                        + lead.getKey()
                        + " is "
                        + lead.getValue()
                        + ", later than any edit: "
                        + edits.latest(lead.getKey())));
  }

  private void doubles(List<String> wrong) {
    HeldValues sides = new HeldValues(world).now();
    for (Edit edit : edits.all()) {
      if (edit.cell() == Cell.NOTES && !edit.clears()) {
        for (String notes :
            List.of(
                sides.airtable(edit.record(), Cell.NOTES),
                sides.portal(edit.record(), Cell.NOTES))) {
          if (notes.indexOf(edit.marker()) != notes.lastIndexOf(edit.marker())) {
            wrong.add("doubled: " + edit.marker() + " in " + notes.replace("\n", "|"));
          }
        }
      }
    }
  }

  private Set<String> inactive() {
    return new HashSet<>(
        world
            .jdbc()
            .sql("select airtable_record_id from leads where not is_active")
            .query(String.class)
            .list());
  }
}
