package io.reconciler.service.web;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.security.task.DelegatingSecurityContextAsyncTaskExecutor;

/**
 * The threads on which endpoints work: so many and no more, apart from the connections, so that a
 * client that goes away leaves its run going. Each knows who is signed in.
 */
@Configuration(proxyBeanMethods = false)
class WebThreads {

  private static final int THREADS = 16;
  private static final int WAITING = 1_000;

  @Bean
  ThreadPoolTaskExecutor endpointThreads() {
    ThreadPoolTaskExecutor threads = new ThreadPoolTaskExecutor();
    threads.setThreadNamePrefix("endpoint-");
    threads.setCorePoolSize(THREADS);
    threads.setMaxPoolSize(THREADS);
    threads.setQueueCapacity(WAITING);
    return threads;
  }

  @Bean
  AsyncTaskExecutor signedInThreads(ThreadPoolTaskExecutor endpointThreads) {
    return new DelegatingSecurityContextAsyncTaskExecutor(endpointThreads);
  }
}
