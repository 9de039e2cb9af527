package io.reconciler.service.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.engine.repair.SettleRequest;
import io.reconciler.engine.repair.SettleResult;
import io.reconciler.engine.run.Trigger;
import io.reconciler.service.api.ApiError;
import io.reconciler.service.api.ApiException;
import io.reconciler.service.api.ApiRequest;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Settling conflicts and dead letters over REST: what is asked for and what is answered. */
public final class SettleAnswers {

  /**
   * The entry to settle.
   *
   * @throws ApiException 400 when the request makes no sense
   */
  public SettleRequest request(ApiRequest request) {
    return new SettleRequest(
        request.id(), request.signedIn().email(), Trigger.API, value(request.body().path("value")));
  }

  /** A Settled, or the error that says why nothing was done. */
  public Object answer(SettleResult result) {
    return switch (result.status()) {
      case DONE, SETTLED_BEFORE, FAILED ->
          new Settled(result.id(), label(result.status()), result.message());
      case MOVED_ON, IMPOSSIBLE, BUSY -> ApiError.conflict(text(result));
      case INVALID -> ApiError.badRequest(result.message());
      case UNKNOWN -> ApiError.notFound(result.message());
      case ERROR -> ApiError.failed("Settling failed", result.message());
    };
  }

  private static @Nullable String value(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw new ApiException(ApiError.badRequest("value must be airtable or portal"));
    }
    return value.textValue();
  }

  private static String text(SettleResult result) {
    JsonNode details = result.details();
    return details == null ? result.message() : result.message() + ": " + details;
  }

  private static String label(SettleResult.Status status) {
    return status.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * What a request to apply may say; for the API's document.
   *
   * @param value of a merged conflict: airtable or portal
   */
  public record ApplyForm(@Nullable String value) {}

  /**
   * What came of it.
   *
   * @param status done; settled-before when nothing was left to do; failed when it was tried and
   *     the data was refused again
   */
  public record Settled(UUID id, String status, String message) {}
}
