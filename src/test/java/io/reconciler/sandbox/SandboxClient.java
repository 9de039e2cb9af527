package io.reconciler.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.reconciler.sandbox.table.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A plain HTTP client of the sandbox. */
final class SandboxClient {

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI url;
  private final String token;

  SandboxClient(Sandbox sandbox, String token) {
    this.url = sandbox.url();
    this.token = token;
  }

  record Answer(int status, String text, HttpHeaders headers) {

    JsonNode json() {
      return Json.read(text);
    }

    String errorType() {
      return json().path("error").path("type").asText();
    }

    String errorMessage() {
      return json().path("error").path("message").asText();
    }

    /** Returns the ids of the records, in order. */
    List<String> ids() {
      return texts("id");
    }

    List<String> texts(String name) {
      List<String> texts = new ArrayList<>();
      json().path("records").forEach(record -> texts.add(record.path(name).asText()));
      return texts;
    }

    JsonNode firstFields() {
      return json().path("records").path(0).path("fields");
    }

    String offset() {
      return json().path("offset").asText("");
    }
  }

  Answer get(String path) throws IOException, InterruptedException {
    return send("GET", path, "");
  }

  Answer send(String method, String path, String body) throws IOException, InterruptedException {
    return send(request(path).method(method, HttpRequest.BodyPublishers.ofString(body)).build());
  }

  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  Answer send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.body(), response.headers());
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
