package io.reconciler.service.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reconciler.engine.failure.Causes;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what an endpoint returned or threw into the message that answers the request. */
public final class ApiAnswers {

  /** The content type of every answer. */
  public static final String JSON_TYPE = "application/json";

  private static final Logger LOG = LoggerFactory.getLogger(ApiAnswers.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DatabaseErrors database;

  /** What fails at the database is told by these. */
  public ApiAnswers(DatabaseErrors database) {
    this.database = database;
  }

  /** Answers 200 with the body as JSON; a body that is an error is answered as such. */
  public void write(Exchange exchange) {
    Object body = exchange.getMessage().getBody();
    if (body instanceof ApiError error) {
      write(exchange, error);
    } else {
      write(exchange, 200, body);
    }
  }

  /** Answers with the error that was thrown; with a plain 500 when it is none of ours. */
  public void fail(Exchange exchange) {
    Throwable cause =
        Objects.requireNonNull(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
    write(
        exchange,
        Causes.find(cause, ApiException.class)
            .map(ApiException::error)
            .orElseGet(() -> unexpected(cause)));
  }

  public static byte[] json(@Nullable Object body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(Exchange exchange, ApiError error) {
    exchange.getMessage().removeHeaders("*");
    error.headers().forEach(exchange.getMessage()::setHeader);
    write(exchange, error.status(), error);
  }

  private static void write(Exchange exchange, int status, @Nullable Object body) {
    Message message = exchange.getMessage();
    message.setBody(json(body));
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
    message.setHeader(Exchange.CONTENT_TYPE, JSON_TYPE);
  }

  private ApiError unexpected(Throwable cause) {
    Optional<ApiError> passing = database.of(cause);
    if (passing.isPresent()) {
      LOG.warn("a request failed: {}", passing.get().details());
      return passing.get();
    }
    LOG.error("a request failed", cause);
    return ApiError.internal();
  }
}
