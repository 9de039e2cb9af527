package io.reconciler.engine.apply;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.UUID;

/** Random UUIDs for the new rows of a page, for which the machine is asked only once. */
final class RandomKeys {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long VERSION = 0x4000;
  private static final long VERSION_BITS = 0xF000;
  private static final long VARIANT = Long.MIN_VALUE;
  private static final long VARIANT_BITS = 0xC000_0000_0000_0000L;

  private final ByteBuffer bits;

  /** So many of them. */
  RandomKeys(int count) {
    byte[] random = new byte[count * Long.BYTES * 2];
    RANDOM.nextBytes(random);
    this.bits = ByteBuffer.wrap(random);
  }

  /** One that was never given before. */
  UUID next() {
    long most = bits.getLong() & ~VERSION_BITS | VERSION;
    long least = bits.getLong() & ~VARIANT_BITS | VARIANT;
    return new UUID(most, least);
  }
}
