package io.reconciler.service.api;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reconciler.service.user.User;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.servlet.HandlerMapping;

/** Reads a request once, at the start of an endpoint's route. */
public final class ApiRequests {

  private static final String SERVLET_REQUEST = "CamelHttpServletRequest";
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * The request of an exchange that the web server began.
   *
   * @throws ApiException 400 when its body is no JSON object, or its query asks for what there is
   *     not
   */
  public ApiRequest of(Exchange exchange) {
    HttpServletRequest request =
        Objects.requireNonNull(
            exchange.getMessage().getHeader(SERVLET_REQUEST, HttpServletRequest.class));
    byte[] body = exchange.getMessage().getBody(byte[].class);
    Map<String, String> query = query(request);
    QueryParameters.of(exchange).check(query.keySet());
    return new ApiRequest(user(), request.getRemoteAddr(), path(request), query, body(body));
  }

  private static @Nullable User user() {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication != null && authentication.getPrincipal() instanceof User user
        ? user
        : null;
  }

  private static Map<String, String> path(HttpServletRequest request) {
    Map<String, String> variables = new HashMap<>();
    if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
        instanceof Map<?, ?> found) {
      found.forEach((name, value) -> variables.put(name.toString(), String.valueOf(value)));
    }
    return variables;
  }

  private static Map<String, String> query(HttpServletRequest request) {
    Map<String, String> first = new HashMap<>();
    try {
      request.getParameterMap().forEach((name, values) -> first.put(name, values[0]));
    } catch (IllegalStateException e) {
      // So the server says that a part of the query can't be decoded.
      throw new ApiException(ApiError.badRequest("the query is malformed"));
    }
    return first;
  }

  private static JsonNode body(byte @Nullable [] bytes) {
    if (bytes == null || bytes.length == 0) {
      return JSON.createObjectNode();
    }
    try {
      JsonNode body = JSON.readTree(bytes);
      if (body.isObject()) {
        return body;
      }
    } catch (JacksonException e) {
      throw new ApiException(ApiError.badRequest("the body is no valid JSON"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    throw new ApiException(ApiError.badRequest("the body must be a JSON object"));
  }
}
