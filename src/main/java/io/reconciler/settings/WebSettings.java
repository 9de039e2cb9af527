package io.reconciler.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who is believed at the two ports.
 *
 * @param trustedProxies whose word on the client's address, host and scheme counts
 * @param managementHosts the names, in small letters, under which the management port answers
 */
public record WebSettings(Networks trustedProxies, Set<String> managementHosts) {

  /** Nobody is believed. */
  static final WebSettings NONE = new WebSettings(Networks.NONE, Set.of());

  static WebSettings parse(Variables variables) {
    Networks proxies =
        variables.parse(Variable.RECONCILER_TRUSTED_PROXIES, Networks::parse, Networks.NONE);
    Set<String> hosts =
        variables.parse(Variable.RECONCILER_MANAGEMENT_HOSTS, WebSettings::hosts, Set.of());
    return new WebSettings(proxies, hosts);
  }

  private static Set<String> hosts(String text) {
    return Arrays.stream(text.split(","))
        .map(host -> host.strip().toLowerCase(Locale.ROOT))
        .filter(host -> !host.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether the management port answers under this name; always under an address. */
  public boolean isManagementHost(String name) {
    String host = name.toLowerCase(Locale.ROOT).replaceAll("^\\[(.*)]$", "$1");
    return Networks.isAddress(host) || host.equals("localhost") || managementHosts.contains(host);
  }
}
