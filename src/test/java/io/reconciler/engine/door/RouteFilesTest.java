package io.reconciler.engine.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.reconciler.program.boot.TestEngine;
import io.reconciler.world.World;
import org.apache.camel.CamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;

/** Camel goes by a name to what loads a file: under another it would read each file twice again. */
class RouteFilesTest {

  @Test
  void the_files_are_read_by_it() throws Exception {
    CamelContext camel = TestEngine.context(World.shared().engine()).getBean(CamelContext.class);

    assertThat(PluginHelper.getRoutesLoader(camel).getRoutesLoader("camel.yaml"))
        .isInstanceOf(RouteFiles.class);
  }
}
