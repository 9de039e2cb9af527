package io.reconciler.program.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reconciler.engine.run.ProgressListener;
import io.reconciler.engine.run.RunResult;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The results of dry runs as JSON: in each object the plan comes first, write by write, and the
 * counts, which are known only then, after it. Prints nothing when no run has begun.
 */
final class PlanJson extends DryRunOutput {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintStream out;
  private @Nullable JsonGenerator generator;
  private boolean array;
  private boolean open;

  PlanJson(PrintStream out, ProgressListener progress) {
    super(progress);
    this.out = out;
  }

  @Override
  public void clients(int count) {
    array = count > 1;
  }

  @Override
  public void planned(RunResult.PlannedWrite write) {
    printing(write);
    try {
      begun().writePOJO(write);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void ended(RunResult result) {
    super.ended(result);
    try {
      JsonGenerator json = begun();
      json.writeEndArray();
      for (var member : JSON.valueToTree(result).properties()) {
        json.writeFieldName(member.getKey());
        json.writeTree(member.getValue());
      }
      json.writeEndObject();
      open = false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      if (generator != null) {
        if (array) {
          generator.writeEndArray();
        }
        generator.close();
        out.println();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonGenerator begun() throws IOException {
    JsonGenerator json = generator;
    if (json == null) {
      json =
          JSON.getFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      generator = json;
      if (array) {
        json.writeStartArray();
      }
    }
    if (!open) {
      json.writeStartObject();
      json.writeArrayFieldStart("plan");
      open = true;
    }
    return json;
  }
}
