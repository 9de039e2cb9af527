package io.reconciler.service.monitor;

import java.util.Map;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/** Puts Hawtio on the management port, as its own configuration does for an older Boot. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
class HawtioConfiguration {

  @Bean
  SimpleUrlHandlerMapping hawtio() {
    return new SimpleUrlHandlerMapping(Map.of(HawtioConsole.PATH + "/**", new HawtioConsole()), 0);
  }
}
