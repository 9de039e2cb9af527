package io.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What a route needs, told from its steps and those of the routes that it calls. */
class FlowNeedsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static RouteBeans beans;

  @BeforeAll
  static void find() throws Exception {
    beans = new RouteBeans();
  }

  @Test
  void what_a_callee_needs_is_needed_unless_the_caller_has_set_it() throws Exception {
    String callee = "[{setBody: {simple: '${exchangeProperty.a} ${exchangeProperty.b}'}}]";
    String caller = "[{setProperty: {name: a, constant: 1}}, {to: 'direct:callee'}]";

    assertThat(needs(Map.of("callee", callee, "caller", caller), "caller")).isEqualTo("b");
  }

  @Test
  void what_a_callee_has_set_is_not_needed_after_it_but_before() throws Exception {
    String callee = "[{setProperty: {name: a, constant: 1}}]";
    String use = "{setBody: {simple: '${exchangeProperty.a}'}}";
    String after = "[{to: 'direct:callee'}, " + use + "]";
    String before = "[" + use + ", {to: 'direct:callee'}]";

    assertThat(needs(Map.of("callee", callee, "caller", after), "caller")).isEqualTo("-");
    assertThat(needs(Map.of("callee", callee, "caller", before), "caller")).isEqualTo("a");
  }

  @Test
  void what_is_set_on_one_way_alone_is_needed_all_the_same() throws Exception {
    String set = "steps: [{setProperty: {name: a, constant: 1}}]";
    String use = "{setBody: {simple: '${exchangeProperty.a}'}}]";
    String filter = "[{filter: {simple: '${body}', " + set + "}}, " + use;
    String one = "[{choice: {when: [{simple: '${body}', " + set + "}]}}, " + use;
    String both =
        "[{choice: {when: [{simple: '${body}', " + set + "}], otherwise: {" + set + "}}}, ";

    assertThat(needs(Map.of("route", filter), "route")).isEqualTo("a");
    assertThat(needs(Map.of("route", one), "route")).isEqualTo("a");
    assertThat(needs(Map.of("route", both + use), "route")).isEqualTo("-");
  }

  @Test
  void routes_that_call_each_other_need_what_each_of_them_does() throws Exception {
    String one = "[{filter: {simple: '${exchangeProperty.a}', steps: [{to: 'direct:two'}]}}]";
    String two = "[{filter: {simple: '${exchangeProperty.b}', steps: [{to: 'direct:one'}]}}]";

    assertThat(needs(Map.of("one", one, "two", two), "one")).isEqualTo("a, b");
    assertThat(needs(Map.of("one", one, "two", two), "two")).isEqualTo("a, b");
  }

  @Test
  void statements_and_beans_need_what_they_read_and_may_do_without_some_of_it() throws Exception {
    String file = "[{to: {uri: 'sql:classpath:sql/limit-lock-wait.sql'}}]";
    String made = "[{toD: {uri: 'sql:ref:countSame.x'}}]";
    String bean = "[{bean: {ref: activeRuns, method: 'ensureInTime(${exchangeProperty.run})'}}]";
    String whole = "[{bean: {ref: airtableDoor, method: open}}, {to: 'direct:attempt'}]";
    String attempt = "[{bean: {ref: airtableDoor, method: take}}]";

    assertThat(needs(Map.of("route", file), "route")).isEqualTo("lockWait");
    assertThat(needs(Map.of("route", made), "route")).isEqualTo("pageRows, run");
    assertThat(needs(Map.of("route", bean), "route")).isEqualTo("run?");
    assertThat(needs(Map.of("route", whole, "attempt", attempt), "route"))
        .isEqualTo("airtableRequest, run?");
  }

  private static String needs(Map<String, String> steps, String of) throws Exception {
    Map<String, Flow> flows = new LinkedHashMap<>();
    for (Map.Entry<String, String> route : steps.entrySet()) {
      JsonNode read = JSON.valueToTree(new Yaml().load("from: {steps: " + route.getValue() + "}"));
      flows.put(route.getKey(), new Flow(route.getKey(), "", read));
    }
    return new FlowNeeds(flows, JSON.createObjectNode(), beans, FlowLinesTest.mapping())
        .of(flows.get(of));
  }
}
