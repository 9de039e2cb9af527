package io.reconciler.service.api;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the first and the last step of every endpoint call. */
@Configuration(proxyBeanMethods = false)
public class ApiConfiguration {

  @Bean
  ApiRequests apiRequests() {
    return new ApiRequests();
  }

  @Bean
  ApiAnswers apiAnswers() {
    return new ApiAnswers();
  }
}
