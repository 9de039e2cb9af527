package io.reconciler.engine.run;

import io.reconciler.side.mapping.Mapping;

/** Knows by which names the routes call the statements on mapped tables. */
@FunctionalInterface
public interface StatementNames {

  /** What the names of those for this mapping end with; they are made where there are none yet. */
  String of(Mapping mapping);
}
