package io.reconciler.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses and networks, such as {@code 127.0.0.1} and {@code 10.1.0.0/16}. */
public final class Networks {

  public static final Networks NONE = new Networks("", List.of());

  private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private final String text;
  private final List<Network> networks;

  private Networks(String text, List<Network> networks) {
    this.text = text;
    this.networks = List.copyOf(networks);
  }

  /**
   * Reads a list with commas between.
   *
   * @throws MalformedValueException when something in it is none
   */
  static Networks parse(String text) {
    List<Network> networks = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      networks.add(network(part.strip()));
    }
    return new Networks(text, networks);
  }

  /** Whether the text is the number of a machine and not its name. */
  public static boolean isAddress(String text) {
    return V4.matcher(text).matches() || V6.matcher(text).matches();
  }

  /** Whether the address is one of these; false for what is no address. */
  public boolean contains(String address) {
    if (networks.isEmpty() || !isAddress(address)) {
      return false;
    }
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      return networks.stream().anyMatch(network -> network.contains(bytes));
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static Network network(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    try {
      if (!isAddress(address)) {
        throw new UnknownHostException();
      }
      byte[] bytes = InetAddress.getByName(address).getAddress();
      int all = bytes.length * 8;
      int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
      if (bits < 0 || bits > all) {
        throw new UnknownHostException();
      }
      return new Network(bytes, bits);
    } catch (UnknownHostException | NumberFormatException e) {
      throw new MalformedValueException("it must be addresses or networks with commas between");
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Networks networks && networks.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }

  private record Network(byte[] bytes, int bits) {

    boolean contains(byte[] other) {
      if (other.length != bytes.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if ((bytes[bit / 8] & mask) != (other[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }
}
