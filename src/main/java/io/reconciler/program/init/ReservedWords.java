package io.reconciler.program.init;

import java.util.Set;

/** The words that PostgreSQL takes for no name unless they are quoted. */
final class ReservedWords {

  /** Keywords of the kinds R and T of {@code pg_get_keywords()}, and the system columns. */
  private static final Set<String> WORDS =
      Set.of(
          ("all analyse analyze and any array as asc asymmetric authorization binary both case cast"
                  + " check collate collation column concurrently constraint create cross"
                  + " current_catalog current_date current_role current_schema current_time"
                  + " current_timestamp current_user default deferrable desc distinct do else end"
                  + " except false fetch for foreign freeze from full grant group having ilike in"
                  + " initially inner intersect into is isnull join lateral leading left like limit"
                  + " localtime localtimestamp natural not notnull null offset on only or order"
                  + " outer overlaps placing primary references returning right select session_user"
                  + " similar some symmetric system_user table tablesample then to trailing true"
                  + " union unique user using variadic verbose when where window with"
                  + " cmax cmin ctid tableoid xmax xmin")
              .split(" "));

  private ReservedWords() {}

  static boolean contains(String word) {
    return WORDS.contains(word);
  }
}
