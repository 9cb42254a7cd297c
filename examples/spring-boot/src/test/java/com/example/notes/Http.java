package com.example.notes;

import com.jayway.jsonpath.JsonPath;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClient;

/** A client of the application. */
final class Http {

    /** What it gets, which may be an error. */
    record Answer(int status, String body, @Nullable URI location) {

        <T> T read(String path) {
            return JsonPath.read(body, path);
        }
    }

    private final RestClient client;

    Http(int port) {
        this.client = RestClient.create("http://localhost:" + port);
    }

    Answer get(String path) {
        return answer(client.get().uri(path));
    }

    Answer delete(String path) {
        return answer(client.delete().uri(path));
    }

    Answer post(String path, String json) {
        return send(HttpMethod.POST, path, json);
    }

    Answer put(String path, String json) {
        return send(HttpMethod.PUT, path, json);
    }

    private Answer send(HttpMethod method, String path, String json) {
        return answer(client.method(method)
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .body(json));
    }

    private static Answer answer(RestClient.RequestHeadersSpec<?> request) {
        ResponseEntity<String> answer = request.retrieve()
                .onStatus(HttpStatusCode::isError, (asked, got) -> {})
                .toEntity(String.class);
        return new Answer(
                answer.getStatusCode().value(),
                answer.getBody(),
                answer.getHeaders().getLocation());
    }
}
