package io.reconciler.engine.door;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader;
import org.apache.camel.dsl.yaml.common.YamlDeserializerResolverProvider;
import org.apache.camel.spi.Resource;

/**
 * Reads each file of routes once. Camel would read it twice, the first time to look for beans that
 * it may define, and look through every jar each time for other kinds of nodes: ours has neither.
 */
final class RouteFiles extends YamlRoutesBuilderLoader {

  /** The name by which Camel finds what loads a file that ends so. */
  static final String NAME = "routes-builder-loader-camel.yaml";

  RouteFiles(CamelContext camel) {
    setCamelContext(camel);
    YamlDeserializerResolverProvider none = context -> Map.of();
    camel.getCamelContextExtension().addContextPlugin(YamlDeserializerResolverProvider.class, none);
  }

  @Override
  public void preParseRoute(Resource resource) {
    // Nothing to find.
  }
}
