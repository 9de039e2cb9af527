package io.reconciler.service.page;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A key that somebody looks for, as it is bound. Pure.
 *
 * @param typed whether the value is of the key's own type, so that its index serves
 */
record SearchedKey(Object value, boolean typed) {

  private static final Set<String> INTEGERS = Set.of("int2", "int4", "int8");
  private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar", "citext");
  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern INTEGER_FORM = Pattern.compile("-?[0-9]{1,18}");

  /** What a text means as a key of this type; nothing when no such key can be written so. */
  static Optional<SearchedKey> of(String type, String text) {
    if (type.equals("uuid")) {
      return typed(UUID_FORM, text).map(id -> new SearchedKey(UUID.fromString(id), true));
    }
    if (INTEGERS.contains(type)) {
      return typed(INTEGER_FORM, text).map(id -> new SearchedKey(Long.valueOf(id), true));
    }
    return Optional.of(new SearchedKey(text, TEXTS.contains(type)));
  }

  private static Optional<String> typed(Pattern form, String text) {
    return Optional.of(text).filter(form.asMatchPredicate());
  }
}
