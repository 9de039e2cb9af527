package io.reconciler.service.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.reconciler.side.mapping.FieldMapping;
import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds what the linked records of a page are called, with one query for each table and client. */
final class LinkReader {

  /** So many of a table and client are looked for; the others keep their record ids. */
  private static final int MOST = 1_000;

  private final MappingSet mappings;
  private final RowReader rows;

  LinkReader(MappingSet mappings, RowReader rows) {
    this.mappings = mappings;
    this.rows = rows;
  }

  /**
   * Something to be shown, with the names of the linked records in it. It is made twice: the first
   * time only to see which records it asks for, so that it must read nothing by itself.
   */
  <T> T with(Function<LinkNames, T> view) {
    if (mappings.inOrder().stream().noneMatch(Mapping::hasLinks)) {
      return view.apply(LinkNames.NONE);
    }
    Asked asked = new Asked();
    T first = view.apply(asked);
    return asked.ids.isEmpty() ? first : view.apply(names(asked));
  }

  private LinkNames names(Asked asked) {
    Map<Place, Map<String, String>> names = new HashMap<>();
    asked.ids.forEach((place, ids) -> names.put(place, names(place, ids)));
    return (field, client, value) ->
        replaced(
            field,
            value,
            id -> names.getOrDefault(Place.of(field, client), Map.of()).getOrDefault(id, id));
  }

  private Map<String, String> names(Place place, Set<String> ids) {
    Map<String, RowTitle> titles =
        mappings
            .named(place.table())
            .map(mapping -> rows.titles(mapping, place.client(), ids))
            .orElse(Map.of());
    Map<String, Long> called =
        titles.values().stream()
            .collect(Collectors.groupingBy(RowTitle::name, Collectors.counting()));
    Map<String, String> names = new HashMap<>();
    titles.forEach(
        (id, title) ->
            names.put(
                id,
                // Two of one name are two.
                Objects.requireNonNull(called.get(title.name())) > 1
                    ? title.name() + " (" + id + ")"
                    : title.name()));
    return names;
  }

  private static JsonNode replaced(
      @Nullable FieldMapping field, JsonNode value, UnaryOperator<String> name) {
    if (field == null || !field.isLinked()) {
      return value;
    }
    if (value.isTextual()) {
      return TextNode.valueOf(name.apply(value.textValue()));
    }
    if (!value.isArray()) {
      return value;
    }
    ArrayNode named = JsonNodeFactory.instance.arrayNode();
    value.forEach(each -> named.add(replaced(field, each, name)));
    return named;
  }

  /** Whose records these are, and of which table. */
  private record Place(@Nullable String table, @Nullable String client) {

    static Place of(@Nullable FieldMapping field, @Nullable String client) {
      return new Place(field == null ? null : field.conversion().to(), client);
    }
  }

  /** Which records somebody asks for. */
  private static final class Asked implements LinkNames {

    private final Map<Place, Set<String>> ids = new LinkedHashMap<>();

    @Override
    public JsonNode in(@Nullable FieldMapping field, @Nullable String client, JsonNode value) {
      return replaced(
          field,
          value,
          id -> {
            Set<String> known =
                ids.computeIfAbsent(Place.of(field, client), place -> new LinkedHashSet<>());
            if (known.size() < MOST) {
              known.add(id);
            }
            return id;
          });
    }
  }
}
