package io.reconciler.side.postgres;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;

/** Records that a statement is about. */
public record RecordIds(List<String> ids) {

  private static final ObjectMapper JSON = new ObjectMapper();

  public RecordIds {
    ids = List.copyOf(ids);
  }

  public boolean isEmpty() {
    return ids.isEmpty();
  }

  /** The ids as a JSON array, for the statement. */
  public String recordIds() {
    ArrayNode array = JSON.createArrayNode();
    ids.forEach(array::add);
    return array.toString();
  }
}
