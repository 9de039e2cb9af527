package io.reconciler.service.portal;

import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the routes of the portal call. */
@Configuration(proxyBeanMethods = false)
public class PortalConfiguration {

  @Bean
  Leads leads(DataSource database, MappingSet mappings, Clock clock) {
    Mapping mapping = mappings.leads().orElse(mappings.inOrder().get(0));
    return new Leads(
        new LeadTable(JdbcClient.create(database), new LeadStatement(mapping)),
        new LeadJson(mapping),
        clock,
        mappings.leads().isPresent());
  }
}
