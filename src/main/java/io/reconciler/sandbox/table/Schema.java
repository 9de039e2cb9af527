package io.reconciler.sandbox.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields of a table, in order, found by name or id. */
public final class Schema {

  private final Ids ids;
  private final Map<String, SandboxField> byId = new LinkedHashMap<>();
  private final Map<String, String> idByName = new LinkedHashMap<>();

  Schema(Ids ids, List<SandboxField> fields) {
    this.ids = ids;
    fields.forEach(this::add);
  }

  void add(SandboxField field) {
    if (idByName.containsKey(field.name()) || byId.containsKey(field.id())) {
      throw new IllegalArgumentException("The table already has a field " + field.name());
    }
    SandboxField named = field.id().isEmpty() ? field.withId(ids.next("fld")) : field;
    byId.put(named.id(), named);
    idByName.put(named.name(), named.id());
  }

  public List<SandboxField> fields() {
    return List.copyOf(byId.values());
  }

  public @Nullable SandboxField find(String nameOrId) {
    SandboxField field = byId.get(nameOrId);
    String id = field == null ? idByName.get(nameOrId) : null;
    return id == null ? field : byId.get(id);
  }

  /** Throws IllegalArgumentException for a field that does not exist. */
  SandboxField get(String nameOrId) {
    return Optional.ofNullable(find(nameOrId))
        .orElseThrow(() -> new IllegalArgumentException("No field " + nameOrId));
  }

  /** Throws the API's error for a field that does not exist. */
  public SandboxField asked(String nameOrId) {
    return Optional.ofNullable(find(nameOrId)).orElseThrow(() -> ErrorReply.unknownField(nameOrId));
  }

  SandboxField replace(String nameOrId, SandboxField changed) {
    SandboxField old = get(nameOrId);
    idByName.remove(old.name());
    idByName.put(changed.name(), old.id());
    byId.put(old.id(), changed);
    return old;
  }

  SandboxField remove(String nameOrId) {
    SandboxField old = get(nameOrId);
    byId.remove(old.id());
    idByName.remove(old.name());
    return old;
  }

  /** Adds a select's option unless it is there. */
  public void learn(SandboxField field, String choice) {
    SandboxField present = get(field.id());
    if (!present.choices().contains(choice)) {
      List<String> choices = new ArrayList<>(present.choices());
      choices.add(choice);
      replace(field.id(), present.withChoices(choices));
    }
  }

  /** Returns the ids of the fields it watches; none for all. */
  public List<String> watchedBy(SandboxField field) {
    return field.watched().stream()
        .map(this::find)
        .filter(Objects::nonNull)
        .map(SandboxField::id)
        .toList();
  }
}
