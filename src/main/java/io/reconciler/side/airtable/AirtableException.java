package io.reconciler.side.airtable;

import java.net.HttpURLConnection;

/** A request to Airtable that did not succeed; the message is fit for an operator. */
public abstract class AirtableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  AirtableException(String message) {
    super(message);
  }

  /** Airtable could not answer now (5xx, or an answer that is not its JSON): worth another try. */
  public static final class Unavailable extends AirtableException {

    private static final long serialVersionUID = 1L;

    Unavailable(String message) {
      super(message);
    }
  }

  /** Airtable goes on answering 429 however long it is waited: another try would be no better. */
  public static final class RateLimited extends AirtableException {

    private static final long serialVersionUID = 1L;

    RateLimited(String message) {
      super(message);
    }
  }

  /** It waited until what it was decided on was too old: not sent, to be decided again. */
  public static final class TooLate extends AirtableException {

    private static final long serialVersionUID = 1L;

    public TooLate(AirtableRequest request) {
      super(
          request.method()
              + " "
              + request.path()
              + ": not sent, because what was read before it is too old by now");
    }
  }

  /** The month's API calls are used up: waiting does not help. */
  public static final class QuotaExceeded extends AirtableException {

    private static final long serialVersionUID = 1L;

    QuotaExceeded(String message) {
      super(message);
    }
  }

  /** Airtable refused the request for what it is (4xx): trying again does not help. */
  public static class Refused extends AirtableException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;

    Refused(int status, String type, String message) {
      super(message);
      this.status = status;
      this.type = type;
    }

    public int status() {
      return status;
    }

    /** Airtable's error type, such as {@code ROW_DOES_NOT_EXIST}; empty when it gave none. */
    public String type() {
      return type;
    }

    /** Whether it says that a record of the request does not exist. */
    public boolean isRecordMissing() {
      return type.equals("ROW_DOES_NOT_EXIST") || type.equals("MODEL_ID_NOT_FOUND");
    }
  }

  /** The listing's iterator is gone (Airtable forgot it): the listing can be started again. */
  public static final class IteratorExpired extends Refused {

    private static final long serialVersionUID = 1L;

    IteratorExpired(int status, String type, String message) {
      super(status, type, message);
    }
  }

  /** The request's data was refused (422, 413, 400): other data of the same batch may be fine. */
  public static final class Rejected extends Refused {

    private static final long serialVersionUID = 1L;

    Rejected(int status, String type, String message) {
      super(status, type, message);
    }

    /** Airtable said that it took a value, and its answer shows the field empty. */
    public static Rejected notKept(String field) {
      return notShown(field, "empty after it");
    }

    /** Airtable said that it took a value, and its answer shows what the field held before. */
    public static Rejected notWritten(String field) {
      return notShown(field, "as it was before");
    }

    private static Rejected notShown(String field, String as) {
      return new Rejected(
          HttpURLConnection.HTTP_OK,
          "",
          "Airtable took the update, but shows the field \"" + field + "\" " + as);
    }
  }

  /** The token may not do this, or the thing is not there: Airtable's 403 and 404 do not tell. */
  public static final class Forbidden extends Refused {

    private static final long serialVersionUID = 1L;

    private static final String OF_A_FIELD = "cell values in field";

    private final String said;

    Forbidden(int status, String type, String said, String advice) {
      super(status, type, said + advice);
      this.said = said;
    }

    /** What Airtable said, without what is to be done where it is about all that is asked. */
    public String said() {
      return said;
    }

    /** Whether it says itself that it is about a field, and not about all that the token may do. */
    public boolean isAboutField() {
      return said.contains(OF_A_FIELD);
    }
  }
}
