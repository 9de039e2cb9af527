package io.reconciler.engine.apply.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.engine.run.Run;
import io.reconciler.side.postgres.AgreedValues;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a page's leads and agreed values were a moment ago, read without a lock: enough to know that
 * nothing is to be written, never to write.
 *
 * @param leads the leads, as JSON
 * @param waiting whether a dead letter or a record that was left waits for one of the records
 * @param same whether PostgreSQL said that all of them are as their records; they are not read then
 */
public record PageLook(
    Run run,
    List<String> recordIds,
    List<JsonNode> leads,
    Map<String, AgreedValues> agreed,
    boolean waiting,
    boolean same) {

  /** Of a page whose leads are all as their records. */
  public static PageLook same(Run run, List<String> recordIds) {
    return new PageLook(run, recordIds, List.of(), Map.of(), false, true);
  }

  /** Whether it is of this page's records, in this run. */
  public boolean isOf(Page page, Run other) {
    return run == other && recordIds.equals(page.ids());
  }

  // Camel looks properties up by their hash: that must not read a hundred leads.
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return "a look at " + recordIds.size() + " leads";
  }
}
