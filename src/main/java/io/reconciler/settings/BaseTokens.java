package io.reconciler.settings;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that single bases have of their own: {@code AIRTABLE_API_KEY_<BASE_ID>}, a variable or
 * a file in the folder of secrets, as the lookup finds it.
 */
public final class BaseTokens {

  private static final String PREFIX = "AIRTABLE_API_KEY_";

  private final UnaryOperator<@Nullable String> lookup;

  BaseTokens(UnaryOperator<@Nullable String> lookup) {
    this.lookup = lookup;
  }

  /**
   * The token of a base, null when it has none of its own.
   *
   * @throws InvalidSettingsException when it is malformed
   */
  public @Nullable Secret of(String baseId) {
    if (!Parsers.isBaseId(baseId)) {
      return null;
    }
    String token = lookup.apply(PREFIX + baseId);
    try {
      return token == null || token.isBlank() ? null : Parsers.apiKey(token.strip());
    } catch (MalformedValueException e) {
      throw new InvalidSettingsException(
          List.of(PREFIX + baseId + " is malformed: " + e.getMessage()));
    }
  }

  // Where the values are looked up is no part of what the settings are.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BaseTokens;
  }

  @Override
  public int hashCode() {
    return PREFIX.hashCode();
  }
}
