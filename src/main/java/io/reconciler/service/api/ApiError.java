package io.reconciler.service.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Map;

/**
 * An error answer: its body is {@code {"error", "details"}}.
 *
 * @param headers further headers of the answer
 */
public record ApiError(
    @JsonIgnore int status, String error, String details, @JsonIgnore Map<String, String> headers) {

  private ApiError(int status, String error, String details) {
    this(status, error, details, Map.of());
  }

  /** 400: the request itself is wrong. */
  public static ApiError badRequest(String details) {
    return new ApiError(400, "Bad request", details);
  }

  /** 400, with an error text of its own. */
  public static ApiError invalid(String error, String details) {
    return new ApiError(400, error, details);
  }

  /** 401: the one answer to every token that is missing or no good. */
  public static ApiError unauthorized() {
    return new ApiError(
        401,
        "Unauthorized",
        "a valid token is needed: Authorization: Bearer <token of POST /api/auth/login>",
        Map.of("WWW-Authenticate", "Bearer"));
  }

  /** 401: the one answer to every login that fails. */
  public static ApiError wrongLogin() {
    return new ApiError(401, "Unauthorized", "unknown e-mail address or wrong password");
  }

  /** 403: the user's role does not allow it. */
  public static ApiError forbidden(String needed, String details) {
    return new ApiError(403, "Forbidden - " + needed + " access required", details);
  }

  /** 404: there is no such thing, or none that the user may see. */
  public static ApiError notFound(String details) {
    return new ApiError(404, "Not found", details);
  }

  /** 405: the path is right, the method is not. */
  public static ApiError methodNotAllowed(String allowed) {
    return new ApiError(
        405, "Method not allowed", "allowed here: " + allowed, Map.of("Allow", allowed));
  }

  /** 408: the body did not come in time. */
  public static ApiError tooSlow() {
    return new ApiError(
        408,
        "Request timeout",
        "a body has to be there within 10 s",
        Map.of("Connection", "close"));
  }

  /** 503: too many bodies are on their way. */
  public static ApiError tooManyBodies() {
    return unavailable("too many requests are being sent at the moment; try again later", 5);
  }

  /** 409: what it is about is in another state. */
  public static ApiError conflict(String details) {
    return new ApiError(409, "Conflict", details);
  }

  /** 413: the body is too long. */
  public static ApiError tooLarge(long most) {
    return new ApiError(413, "Payload too large", "a body has at most " + most + " bytes");
  }

  /** 415: the body is no JSON. */
  public static ApiError unsupportedMediaType() {
    return new ApiError(
        415, "Unsupported media type", "a body is JSON in UTF-8: Content-Type: application/json");
  }

  /** 429: wait so many seconds. */
  public static ApiError tooManyRequests(String details, long seconds) {
    return new ApiError(
        429, "Too many requests", details, Map.of("Retry-After", String.valueOf(seconds)));
  }

  /** 500, with an error text of its own. */
  public static ApiError failed(String error, String details) {
    return new ApiError(500, error, details);
  }

  /** 500: something that nobody thought of. */
  public static ApiError internal() {
    return failed("Internal server error", "the log of the service says what went wrong");
  }

  /** 503: the database can't be reached at the moment. */
  public static ApiError databaseAway() {
    return unavailable("the database can't be reached; try again later", 10);
  }

  /** 503: the server takes no writes at the moment. */
  public static ApiError readOnly() {
    return unavailable(
        "the database takes no writes: it is a standby, or set to read only; try again later", 10);
  }

  /** 503: somebody's lock was not to be had in time. */
  public static ApiError locked() {
    return unavailable(
        "somebody's transaction holds this lead, or a table that is needed here, for longer than a"
            + " request waits; try again",
        5);
  }

  /** 503: PostgreSQL ended the statement for another one's sake, or because it took too long. */
  public static ApiError crossed() {
    return unavailable(
        "PostgreSQL ended what was asked for: it took too long, was cancelled, or another"
            + " transaction was in the way; try again",
        5);
  }

  /** 503: the tables are not what the mapping says, and somebody has to put that right. */
  public static ApiError otherTables(String problem) {
    return unavailable(
        "a table is not as the mapping has it: "
            + problem
            + "; run `reconciler check`, which says what puts it right",
        60);
  }

  private static ApiError unavailable(String details, int seconds) {
    return new ApiError(
        503, "Service unavailable", details, Map.of("Retry-After", String.valueOf(seconds)));
  }

  /** 503: the routes are not there yet, or not any more. */
  public static ApiError starting() {
    return unavailable("the service is starting or ending; try again later", 5);
  }

  /** Any other status that a web server gives. */
  public static ApiError other(int status, String error) {
    return new ApiError(status, error, "the request could not be handled");
  }
}
