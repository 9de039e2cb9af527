package io.reconciler.sandbox.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** An answer of Airtable that is an error. */
public final class ErrorReply extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int status;
  private final transient JsonNode body;

  private ErrorReply(int status, JsonNode body) {
    super(body.toString(), null, false, false);
    this.status = status;
    this.body = body;
  }

  public int status() {
    return status;
  }

  public JsonNode body() {
    return body;
  }

  private static ErrorReply typed(int status, String type, @Nullable String message) {
    ObjectNode error = Json.object().put("type", type);
    if (message != null) {
      error.put("message", message);
    }
    return new ErrorReply(status, Json.object().set("error", error));
  }

  /** The seen form of a 429, which differs from the documented one. */
  private static ErrorReply listed(String error, String message) {
    ObjectNode entry = Json.object().put("error", error).put("message", message);
    return new ErrorReply(429, Json.object().set("errors", Json.array().add(entry)));
  }

  public static ErrorReply unprocessable(String type, String message) {
    return typed(422, type, message);
  }

  public static ErrorReply invalidRequest() {
    return typed(
        422,
        "INVALID_REQUEST_UNKNOWN",
        "Invalid request: parameter validation failed. Check your request data.");
  }

  public static ErrorReply missingFields(String name) {
    return typed(
        422,
        "INVALID_REQUEST_MISSING_FIELDS",
        "Could not find field \"" + name + "\" in the request body");
  }

  /** UNCONFIRMED whether 400 or 422: 422, which an engine could take for bad data. */
  public static ErrorReply unparsableBody() {
    return typed(422, "INVALID_REQUEST_BODY", "Could not parse request body");
  }

  static ErrorReply unknownField(String name) {
    return typed(422, "UNKNOWN_FIELD_NAME", "Unknown field name: \"" + name + "\"");
  }

  public static ErrorReply invalidFormula(@Nullable String reason) {
    return typed(
        422,
        "INVALID_FILTER_BY_FORMULA",
        "The formula for filtering records is invalid: " + reason);
  }

  public static ErrorReply iteratorGone() {
    return typed(422, "LIST_RECORDS_ITERATOR_NOT_AVAILABLE", null);
  }

  public static ErrorReply badOffset(String offset) {
    return typed(422, "INVALID_OFFSET_VALUE", "The value of offset " + offset + " is invalid");
  }

  public static ErrorReply unauthenticated() {
    return typed(401, "AUTHENTICATION_REQUIRED", "Authentication required");
  }

  public static ErrorReply forbiddenOrMissing() {
    return typed(
        403,
        "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND",
        "Invalid permissions, or the requested model was not found. Check that both your user and"
            + " your token have the required permissions, and that the model names and/or ids are"
            + " correct.");
  }

  public static ErrorReply notPermitted() {
    return typed(403, "INVALID_PERMISSIONS", "You are not permitted to perform this operation");
  }

  /** The bare form of a path that leads nowhere. */
  public static ErrorReply noSuchPath() {
    return new ErrorReply(404, Json.object().put("error", "NOT_FOUND"));
  }

  public static ErrorReply recordNotFound() {
    return typed(404, "MODEL_ID_NOT_FOUND", "Record not found");
  }

  public static ErrorReply rowMissing(String id) {
    return typed(422, "ROW_DOES_NOT_EXIST", "Record ID " + id + " does not exist in this table");
  }

  public static ErrorReply bodyTooLarge() {
    return typed(413, "REQUEST_TOO_LARGE", "Request body too large");
  }

  public static ErrorReply rateLimited() {
    return listed("RATE_LIMIT_REACHED", "Rate limit exceeded. Please try again later");
  }

  public static ErrorReply quotaExhausted() {
    return listed(
        "PUBLIC_API_BILLING_LIMIT_EXCEEDED",
        "API billing plan limit exceeded. The workspace has used its calls of this month.");
  }

  public static ErrorReply unexpected() {
    return typed(500, "SERVER_ERROR", "Server error");
  }
}
