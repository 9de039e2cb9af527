package io.reconciler.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class RoutesFilterTest {

  private final MockFilterChain chain = new MockFilterChain();

  private MockHttpServletResponse answer(CamelContext routes, String path) throws Exception {
    MockHttpServletResponse response = new MockHttpServletResponse();
    new RoutesFilter(routes).doFilter(new MockHttpServletRequest("GET", path), response, chain);
    return response;
  }

  @Test
  void before_the_routes_run_the_api_is_not_available() throws Exception {
    try (CamelContext routes = new DefaultCamelContext()) {
      MockHttpServletResponse response = answer(routes, "/api/leads");
      assertThat(response.getStatus()).isEqualTo(503);
      assertThat(response.getHeader("Retry-After")).isEqualTo("5");
      assertThat(response.getContentAsString()).contains("\"error\"", "\"details\"");
      assertThat(chain.getRequest()).isNull();
    }
  }

  @Test
  void while_they_run_requests_pass() throws Exception {
    try (CamelContext routes = new DefaultCamelContext()) {
      routes.start();
      answer(routes, "/api/leads");
      assertThat(chain.getRequest()).isNotNull();
    }
  }

  @Test
  void pages_do_not_wait_for_them() throws Exception {
    try (CamelContext routes = new DefaultCamelContext()) {
      answer(routes, "/login");
      assertThat(chain.getRequest()).isNotNull();
    }
  }
}
