package io.reconciler.service.portal;

import io.reconciler.side.mapping.Mapping;
import io.reconciler.side.mapping.MappingSet;
import io.reconciler.side.postgres.BriefWaits;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the routes of the portal call. */
@Configuration(proxyBeanMethods = false)
public class PortalConfiguration {

  @Bean
  Leads leads(DataSource database, MappingSet mappings, Clock clock) {
    Mapping mapping = mappings.leads().orElse(mappings.inOrder().get(0));
    return new Leads(
        new LeadTable(BriefWaits.on(database), new LeadStatement(mapping), mapping),
        new LeadJson(mapping),
        clock,
        mapping.filter(),
        mappings.leads().isPresent());
  }
}
