package io.reconciler.service.web;

import io.reconciler.settings.Settings;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/** What holds for the web server of either port before a request reaches a filter. */
final class ServerRules implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {

  private final Settings settings;
  private final boolean management;

  ServerRules(Settings settings, boolean management) {
    this.settings = settings;
    this.management = management;
  }

  @Override
  public void customize(ConfigurableTomcatWebServerFactory factory) {
    factory.addEngineValves(new ProxyValve(settings.web().trustedProxies()));
    if (management) {
      factory.addEngineValves(new PlainPaths());
    }
    factory.addContextCustomizers(
        context -> {
          if (context.getParent() instanceof StandardHost host) {
            host.setErrorReportValveClass(ErrorReport.class.getName());
          }
        });
  }
}
