package io.reconciler.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.reconciler.world.WorldTest;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Results of every kind against the schema that other programs read them by. */
class ResultSchemaTest extends WorldTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void a_result_with_record_errors_fits_the_schema() throws Exception {
    leads.create(Map.of("First Name", "Ada", "Claimed By", "somebody"));

    RunResult result = world.sync();

    assertThat(result.stage1().errorCount()).isEqualTo(1);
    assertThat(wrongIn(result)).isEmpty();
  }

  @Test
  void a_failed_run_fits_the_schema() throws Exception {
    world.sandbox().base(world.baseId()).revoke("patTestTestTest.test");
    try {
      RunResult result = world.sync();

      assertThat(result.success()).isFalse();
      assertThat(result.failure()).isNotBlank();
      assertThat(wrongIn(result)).isEmpty();
    } finally {
      world.sandbox().base(world.baseId()).grant("patTestTestTest.test");
    }
  }

  private static Set<ValidationMessage> wrongIn(RunResult result) throws JsonProcessingException {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(ResultSchemaTest.class.getResourceAsStream("/sync-result.schema.json"));
    JsonNode json = JSON.readTree(JSON.writeValueAsString(result));
    return schema.validate(json);
  }
}
