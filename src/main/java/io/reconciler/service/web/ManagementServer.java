package io.reconciler.service.web;

import io.reconciler.settings.Settings;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.context.annotation.Bean;

/** The web server of the management port, which keeps to the same rules. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
public class ManagementServer {

  @Bean
  ServerRules managementServerRules(Settings settings) {
    return new ServerRules(settings, true);
  }
}
