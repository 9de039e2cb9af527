package io.reconciler.program.boot;

import io.reconciler.engine.door.CamelConfiguration;
import org.apache.camel.component.direct.springboot.DirectComponentAutoConfiguration;
import org.apache.camel.component.http.springboot.HttpComponentAutoConfiguration;
import org.apache.camel.component.http.springboot.HttpComponentConverter;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.Import;

/**
 * A command needs the routes and nothing else: only their parts are configured, for a quick start.
 * They are imported as they stand, after our own and Camel before its components: to put them in
 * order Spring would read what is known of every auto-configuration there is.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@Import({
  EngineConfiguration.class,
  LedgerConfiguration.class,
  CamelConfiguration.class,
  CamelAutoConfiguration.class,
  DirectComponentAutoConfiguration.class,
  HttpComponentConverter.class,
  HttpComponentAutoConfiguration.class
})
class CommandApplication {}
