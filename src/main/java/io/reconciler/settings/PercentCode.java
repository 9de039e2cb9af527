package io.reconciler.settings;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-decoding whose errors, unlike those of URLDecoder, repeat nothing of the text. */
final class PercentCode {

  private PercentCode() {}

  static String decode(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < encoded.length; i++) {
      if (encoded[i] == '%') {
        bytes.write(escape(encoded, i));
        i += 2;
      } else {
        bytes.write(encoded[i]);
      }
    }
    return utf8(bytes.toByteArray());
  }

  private static int escape(byte[] encoded, int start) {
    int high = start + 1 < encoded.length ? Character.digit(encoded[start + 1], 16) : -1;
    int low = start + 2 < encoded.length ? Character.digit(encoded[start + 2], 16) : -1;
    if (high < 0 || low < 0 || high + low == 0) {
      throw new MalformedValueException("a % must be followed by two hex digits; write % as %25");
    }
    return high * 16 + low;
  }

  private static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedValueException("its percent-encoded characters are not UTF-8");
    }
  }
}
