package io.reconciler.service.monitor;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.spi.NodeIdFactory;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * What the console calls routes and their steps: a step by what it does, with a number where that
 * was there before, and routes in groups, by the file that they stand in.
 */
final class RouteNames extends ModelLifecycleStrategySupport
    implements CamelContextConfiguration, NodeIdFactory {

  private static final String TRIGGERS = "service.triggers";

  private final Map<String, Integer> given = new ConcurrentHashMap<>();

  @Override
  public void beforeApplicationStart(CamelContext camel) {
    camel.getCamelContextExtension().addContextPlugin(NodeIdFactory.class, this);
    ModelCamelContext model = (ModelCamelContext) camel;
    model.getRouteDefinitions().forEach(this::onAddRouteDefinition);
    model.addModelLifecycleStrategy(this);
  }

  @Override
  public void afterApplicationStart(CamelContext camel) {
    // Nothing to do.
  }

  @Override
  public void onAddRouteDefinition(RouteDefinition route) {
    // What a template made stands in no file.
    route.setGroup(
        route.getResource() == null ? TRIGGERS : group(route.getResource().getLocation()));
  }

  @Override
  public String createId(NamedNode node) {
    String name = name(node);
    int number = given.merge(name, 1, Integer::sum);
    return number == 1 ? name : name + "-" + number;
  }

  /** The wing of the routes and the file: {@code engine.pull}. */
  static String group(String location) {
    return location
        .replaceFirst(".*routes/", "")
        .replaceFirst("\\.camel\\.yaml$", "")
        .replace('/', '.');
  }

  private static String name(NamedNode node) {
    if (node instanceof BeanDefinition bean && bean.getRef() != null) {
      return plain(bean.getRef() + "." + String.valueOf(bean.getMethod()));
    }
    if (node instanceof ToDefinition to) {
      return endpoint(to.getUri());
    }
    if (node instanceof ToDynamicDefinition to) {
      return endpoint(to.getUri());
    }
    RouteDefinition route = ProcessorDefinitionHelper.getRoute(node);
    String within = route == null ? "" : String.valueOf(route.getRouteId()) + "-";
    return plain(within + node.getShortName());
  }

  /** Of {@code sql:classpath:sql/read-fields.sql?noop=true} what tells: {@code sql-read-fields}. */
  static String endpoint(@Nullable String uri) {
    String text = String.valueOf(uri).replaceFirst("\\?.*", "").replaceFirst("\\.\\$.*", "");
    String scheme = text.replaceFirst(":.*", "");
    String rest = text.replaceFirst(".*[:/]", "").replaceFirst("\\.sql$", "");
    return plain(scheme.equals("direct") ? "to-" + rest : scheme + "-" + rest);
  }

  private static String plain(String name) {
    return name.replaceFirst("\\(.*", "").replaceAll("[^A-Za-z0-9.-]+", "-");
  }
}
