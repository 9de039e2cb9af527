package io.reconciler.service.api;

/** A row came without a column that the mapping names, so what it holds of it is not known. */
public final class OtherTableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** A row of this table without this column. */
  public OtherTableException(String table, String column) {
    super(table + " has no column " + column);
  }
}
