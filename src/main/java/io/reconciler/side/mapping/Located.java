package io.reconciler.side.mapping;

import java.util.List;

/** Something read, and where it stands in the file. */
record Located<T>(T value, YamlMap source) {

  static <T> List<T> values(List<Located<T>> located) {
    return located.stream().map(Located::value).toList();
  }
}
