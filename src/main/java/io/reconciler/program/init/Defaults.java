package io.reconciler.program.init;

import io.reconciler.side.mapping.PgType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an empty cell becomes in a column that must have a value. */
final class Defaults {

  private Defaults() {}

  /** Null where no value stands for none. */
  static @Nullable Object whenEmpty(PgType type) {
    return switch (type.base()) {
      case VARCHAR, TEXT, CITEXT -> "";
      case SMALLINT, INTEGER -> 0;
      case BIGINT -> 0L;
      case NUMERIC -> java.math.BigDecimal.ZERO;
      case DOUBLE_PRECISION -> 0.0;
      case TEXT_ARRAY -> List.of();
      default -> null;
    };
  }
}
