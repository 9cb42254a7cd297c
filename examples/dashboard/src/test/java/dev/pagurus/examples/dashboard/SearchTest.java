package dev.pagurus.examples.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is found by words, and what whoever types anything is told, on each store alike. */
class SearchTest extends OnEachStore {

    SearchTest(TestStore store) {
        super(store);
    }

    @Test
    void imagesAreFoundByWordsOfTheirNameAndHost() throws Exception {
        String nas = app.announce("nas", NGINX, 1);
        String pi = app.announce("pi", NGINX, 1);
        String immich = app.announce("pi", "ghcr.io/immich-app/Immich-server:v1", 1);
        String cafe = app.announce("Café-Straße", REDIS, 1);

        assertThat(found("ngi")).as("the beginning of a word").containsExactly(pi, nas);
        assertThat(found("NGINX nas")).containsExactly(nas);
        assertThat(found("nas ng")).as("in any order").containsExactly(nas);
        assertThat(found("nginx:1.2")).containsExactly(pi, nas);
        assertThat(found(NGINX)).as("a whole name, as it is pasted").containsExactly(pi, nas);
        assertThat(found("ghcr.io/imm")).containsExactly(immich);
        assertThat(found("server")).as("a word in the middle").containsExactly(immich);
        assertThat(found("cafe strasse")).containsExactly(cafe);
        assertThat(found("\tnginx\t pi "))
                .as("with white space around and within")
                .containsExactly(pi);
        assertThat(found("ng nas")).as("only the last word may be a beginning").isEmpty();
        assertThat(found("immich nas")).isEmpty();
    }

    @Test
    void whateverIsSearchedForGetsAClearAnswer() throws Exception {
        String id = app.announce("nas", "nginx", 1);
        String arabic = app.announce("خادم-المنزل", "nginx", 1);

        for (String wordless : List.of("%", "::", "\\'\"; --", "🦀", "\u202e", "،؟", "…".repeat(200))) {
            HttpResponse<String> page = app.send(app.request("/?q=" + encoded(wordless)));
            assertThat(page.statusCode()).as(wordless).isEqualTo(200);
            assertThat(page.body()).as(wordless).contains("There is no word in <bdi>");
            assertThat(TestApp.ids(page.body())).as(wordless).isEmpty();
            assertThat(app.json("/api/images?q=" + encoded(wordless)).get("items"))
                    .as(wordless)
                    .isEmpty();
            String after =
                    app.submit("/acknowledge?q=" + encoded(wordless), "all", "1", "seen", TestApp.seen(app.page("/")));
            assertThat(after).as(wordless).contains("Nothing was acknowledged.");
        }
        assertThat(TestApp.ids(app.page("/?q=" + encoded(" ")))).containsExactly(arabic, id);

        assertThat(TestApp.ids(app.page("/?q=" + encoded("خادم المن")))).containsExactly(arabic);
        // Each two of them that stand together are a word.
        String manyWords =
                IntStream.range('一', '一' + 200).mapToObj(Character::toString).collect(Collectors.joining());
        for (String longest : List.of("خ".repeat(200), "x".repeat(200), manyWords)) {
            assertThat(app.page("/?q=" + encoded(longest))).contains("Nothing here matches");
        }
        for (String tooLong : List.of("x".repeat(201), "x".repeat(10_000), "خ".repeat(10_000), ":".repeat(10_000))) {
            HttpResponse<String> page = app.send(app.request("/?q=" + encoded(tooLong)));
            assertThat(page.statusCode()).isEqualTo(400);
            assertThat(page.body()).contains("has at most 200 characters", "Back to the updates");
            assertThat(app.send(app.request("/api/images?q=" + encoded(tooLong)))
                            .body())
                    .contains("\"error\"", "has at most 200 characters");
        }
        assertThat(app.send(app.request("/?q=a%00b")).body()).contains("has characters that are not text");
    }

    private List<String> found(String search) throws Exception {
        return TestApp.ids(app.page("/?q=" + encoded(search)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
