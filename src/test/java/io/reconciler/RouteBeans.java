package io.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The methods of beans that routes call, found by the names that the routes have for them. */
final class RouteBeans {

  private static final Path SOURCES = Path.of("src/main/java");

  /**
   * What beans do with properties that a route does not show, because they are handed the whole
   * exchange: what they read ("?" after what may be missing), and after "->" what they set. What a
   * bean keeps there for itself alone is left out.
   */
  private static final Map<String, String> WITH_THE_EXCHANGE =
      Map.ofEntries(
          Map.entry("airtableDoor.open", "-> airtableAttempt"),
          Map.entry("airtableDoor.take", "airtableAttempt airtableRequest run?"),
          Map.entry("airtableDoor.keepPause", "airtableAttempt airtableRequest"),
          Map.entry("airtableDoor.send", "airtableAttempt airtableRequest run?"),
          Map.entry("airtableDoor.giveBack", "airtableAttempt airtableRequest run?"),
          Map.entry("airtableDoor.receive", "airtableAttempt airtableRequest run?"),
          Map.entry("earlierFailures.forget", ""),
          Map.entry("pagesAhead.next", "listing"),
          Map.entry("pagesAhead.ask", "listing run?"),
          Map.entry("pagesAhead.settle", ""),
          Map.entry("pagesBeside.await", ""),
          Map.entry("pagesBeside.apply", "run quiet?"),
          Map.entry("pagesBeside.alone", ""),
          Map.entry("pagesBeside.settle", ""),
          Map.entry("pagesBeside.quiesce", ""),
          Map.entry("noticeTargets.post", "delivery"),
          Map.entry("noticeTargets.write", "delivery"),
          Map.entry("apiRequests.of", ""),
          Map.entry("apiAnswers.write", ""),
          Map.entry("apiAnswers.fail", ""));

  private final Map<String, Class<?>> types = new HashMap<>();

  RouteBeans() throws IOException, ClassNotFoundException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(f -> f.toString().endsWith("Configuration.java")).toList()) {
        String name = SOURCES.relativize(file).toString().replace(".java", "").replace('/', '.');
        Class<?> type = Class.forName(name);
        if (type.isAnnotationPresent(Configuration.class)) {
          Arrays.stream(type.getDeclaredMethods())
              .filter(method -> method.isAnnotationPresent(Bean.class))
              .forEach(method -> types.put(method.getName(), method.getReturnType()));
        }
      }
    }
  }

  /** A call as it stands in a route: {@code method} with or without arguments. */
  record Call(String ref, Method method, List<String> arguments) {

    boolean takesExchange() {
      return Arrays.asList(method.getParameterTypes()).contains(Exchange.class);
    }

    /** Whether the argument at this place may be missing. */
    boolean isOptional(int argument) {
      Parameter parameter = method.getParameters()[argument];
      return parameter.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** The type that the body has to be of; null where the body is not taken. */
    @Nullable Type body() {
      if (takesExchange()) {
        return null;
      }
      int place = arguments.indexOf("${body}");
      Type[] parameters = method.getGenericParameterTypes();
      if (arguments.isEmpty() && parameters.length == 1) {
        return parameters[0];
      }
      return place < 0 ? null : parameters[place];
    }

    /** What it reads of the exchange that it is handed, and what it sets. */
    String withTheExchange() {
      return takesExchange() ? WITH_THE_EXCHANGE.getOrDefault(name(), "not listed") : "";
    }

    String name() {
      return ref + "." + method.getName();
    }
  }

  /** The methods that are said to be handed the exchange. */
  static List<String> listed() {
    return List.copyOf(WITH_THE_EXCHANGE.keySet());
  }

  Call call(String ref, String text) {
    String name = text.replaceFirst("\\(.*", "");
    String inside = text.contains("(") ? text.substring(name.length() + 1, text.length() - 1) : "";
    List<String> arguments = inside.isEmpty() ? List.of() : List.of(inside.split(", "));
    Class<?> type = types.get(ref);
    assertThat(type).as("the bean " + ref).isNotNull();
    List<Method> methods =
        Arrays.stream(type.getDeclaredMethods())
            .filter(method -> method.getName().equals(name))
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .filter(m -> arguments.isEmpty() || m.getParameterCount() == arguments.size())
            .toList();
    assertThat(methods).as(ref + "." + text).hasSize(1);
    return new Call(ref, methods.get(0), arguments);
  }
}
