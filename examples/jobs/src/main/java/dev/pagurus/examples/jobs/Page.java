package dev.pagurus.examples.jobs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pagurus.store.StoreException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * One page to look at a queue, with buttons. It answers to this machine only, and to forms that it made itself: each has a
 * token that other sites cannot know.
 */
final class Page implements AutoCloseable {

    private static final int MOST_BYTES = 4096;
    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1");

    private static final String STYLE = """
            body{font:15px/1.4 system-ui,sans-serif;margin:2em auto;max-width:70em;padding:0 1em}
            table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3em .6em;border-bottom:1px solid #ccc;
            vertical-align:top;overflow-wrap:anywhere}form{display:inline}""";

    private final Jobs jobs;
    private final String token = UUID.randomUUID().toString();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    private Page(Jobs jobs, HttpServer server) {
        this.jobs = jobs;
        this.server = server;
    }

    /** Starts it on a port of the loopback interface; 0 for a free one. */
    static Page start(Jobs jobs, int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        Page page = new Page(jobs, server);
        server.createContext("/", page::answer);
        server.setExecutor(page.threads);
        server.start();
        return page;
    }

    String address() {
        return "http://localhost:" + server.getAddress().getPort() + "/";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!isForUs(exchange)) {
                send(exchange, 403, "This page answers to this machine only.");
            } else if (!exchange.getRequestURI().getPath().equals("/")) {
                send(exchange, 404, "There is one page, /.");
            } else if (exchange.getRequestMethod().equals("POST")) {
                act(exchange);
            } else {
                send(exchange, 200, html(jobs.overview()));
            }
        } catch (StoreException e) {
            send(exchange, 503, escaped("The store does not answer just now: " + e.getMessage()));
        }
    }

    /** A name that leads here from elsewhere would let a foreign page read ours. */
    private static boolean isForUs(HttpExchange exchange) {
        @Nullable String host = exchange.getRequestHeaders().getFirst("Host");
        return host != null && NAMES.contains(host.replaceFirst(":[0-9]+$", ""));
    }

    private void act(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES);
        Map<String, String> form = form(new String(body, StandardCharsets.UTF_8));
        byte[] given = form.getOrDefault("token", "").getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(given, token.getBytes(StandardCharsets.UTF_8))) {
            send(exchange, 403, "This form is not of this page, or of an earlier run. Load the page again.");
            return;
        }
        String which = form.getOrDefault("of", "");
        try {
            switch (form.getOrDefault("do", "")) {
                case "retry" -> jobs.retry(which);
                case "cancel" -> jobs.cancel(which);
                case "resume" -> jobs.resume(which);
                default -> {
                    send(exchange, 400, "A form says what to do: retry, cancel or resume.");
                    return;
                }
            }
        } catch (IllegalStateException e) {
            send(exchange, 409, escaped(e.getMessage()));
            return;
        }
        exchange.getResponseHeaders().set("Location", "/");
        exchange.sendResponseHeaders(303, -1);
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new HashMap<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                try {
                    form.put(
                            pair.substring(0, equals),
                            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
                } catch (IllegalArgumentException e) {
                    return Map.of(); // and so without a token
                }
            }
        }
        return form;
    }

    private String html(Overview overview) {
        StringBuilder html = new StringBuilder(
                        "<!doctype html><html lang=en><meta charset=utf-8><title>Jobs</title><style>")
                .append(STYLE)
                .append("</style><h1>Jobs</h1><table><tr>");
        overview.counts().keySet().forEach(state -> html.append("<th>").append(state));
        html.append("<tr>");
        overview.counts().values().forEach(count -> html.append("<td>").append(count));
        html.append("</table><h2>Paused</h2><table>");
        for (Map.Entry<String, Instant> kind : overview.paused().entrySet()) {
            html.append("<tr>");
            cells(html, kind.getKey(), kind.getValue());
            html.append("<td>").append(button("resume", kind.getKey()));
        }
        html.append("</table><h2>Stuck</h2>");
        table(html, overview.stuck(), List.of("retry", "cancel"));
        html.append("<h2>Dead</h2>");
        table(html, overview.dead(), List.of("retry"));
        return html.toString();
    }

    private void table(StringBuilder html, List<Overview.Line> lines, List<String> actions) {
        html.append("<table><tr><th>job<th>kind<th>attempts<th>since<th>why<th>last error<th>");
        for (Overview.Line line : lines) {
            html.append("<tr>");
            cells(html, line.id(), line.kind(), line.attempts(), line.since(), line.why(), line.error());
            html.append("<td>");
            actions.forEach(action -> html.append(button(action, line.id())));
        }
        html.append("</table>");
    }

    private static void cells(StringBuilder html, @Nullable Object... values) {
        for (@Nullable Object value : values) {
            html.append("<td>").append(value == null ? "" : escaped(value.toString()));
        }
    }

    private String button(String action, String of) {
        return "<form method=post><input type=hidden name=token value=\"" + token
                + "\"><input type=hidden name=of value=\"" + escaped(of) + "\"><button name=do value=" + action + ">"
                + action + "</button></form> ";
    }

    private static String escaped(@Nullable String text) {
        return String.valueOf(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static void send(HttpExchange exchange, int status, String html) throws IOException {
        byte[] body = html.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders()
                .set(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
