package dev.pagurus.examples.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the dashboard does, over HTTP and on each store alike. */
class DashboardTest extends OnEachStore {

    DashboardTest(TestStore store) {
        super(store);
    }

    @Test
    void whatDiunSendsIsOnThePage() throws Exception {
        JsonNode answer = app.announce(Diun.SAMPLE);

        assertThat(answer.get("outcome").stringValue()).isEqualTo("stored");
        assertThat(app.page("/")).contains("crazymax/diun:latest", "on myserver", "linux/amd64", "Acknowledge all 1");
        assertThat(app.page("/images/" + answer.get("image").stringValue()))
                .contains("sha256:216e3ae7de4ca8b553eb11ef7abda00651e79e537e85c46108284e5e91673e01")
                .contains("href=\"https://hub.docker.com/r/crazymax/diun\"")
                .contains("Up Less than a second (health: starting)");
        JsonNode image = app.json("/api/images").get("items").get(0);
        assertThat(image.get("state").stringValue()).isEqualTo("open");
        assertThat(image.get("newest").get("created").stringValue()).isEqualTo("2020-03-26T12:23:56Z");
    }

    @Test
    void theSameImageOnAnotherHostIsAnotherOne() throws Exception {
        String here = app.announce("nas", NGINX, 1);
        String there = app.announce("pi", NGINX, 1);

        assertThat(here).isNotEqualTo(there);
        app.submit("/acknowledge", "one", here, "seen", TestApp.seen(app.page("/")));
        assertThat(TestApp.ids(app.page("/"))).containsExactly(there);
    }

    @Test
    void whatIsSaidTwiceIsStoredOnce() throws Exception {
        String id = app.announce("nas", NGINX, 1);
        String etag = app.etag("/api/images/" + id);

        JsonNode answer = app.announce(Diun.update("nas", NGINX, 1));

        assertThat(answer.get("outcome").stringValue()).isEqualTo("known");
        assertThat(app.updates(id)).hasSize(1);
        assertThat(app.etag("/api/images/" + id)).isEqualTo(etag);
    }

    @Test
    void aNewerUpdateOpensAnAcknowledgedImageAndARepeatedOneDoesNot() throws Exception {
        String id = app.announce("nas", NGINX, 1);
        app.submit("/acknowledge", "one", id, "seen", TestApp.seen(app.page("/")));

        app.announce("nas", NGINX, 1);
        assertThat(app.state(id)).isEqualTo("acknowledged");

        app.announce("nas", NGINX, 2);
        assertThat(app.state(id)).isEqualTo("open");

        app.submit("/acknowledge", "one", id, "seen", TestApp.seen(app.page("/")));
        app.announce("nas", NGINX, 1); // late, or sent again: known
        assertThat(app.state(id)).isEqualTo("acknowledged");
        assertThat(app.updates(id)).hasSize(2);
    }

    @Test
    void theListIsFilteredByStateHostTagAndSearch() throws Exception {
        String nginx = app.announce("nas", NGINX, 1);
        String redis = app.announce("nas", REDIS, 1);
        String immich = app.announce("pi", "ghcr.io/immich-app/Immich-server:v1", 1);
        String tag = app.createTag("media", "violet");
        app.submit("/images/" + immich + "/tags", "tag", tag);
        app.submit("/acknowledge", "one", redis, "seen", TestApp.seen(app.page("/")));

        assertThat(TestApp.ids(app.page("/"))).containsExactly(immich, nginx);
        assertThat(TestApp.ids(app.page("/?state=acknowledged"))).containsExactly(redis);
        assertThat(TestApp.ids(app.page("/?state=all"))).containsExactly(immich, redis, nginx);
        assertThat(TestApp.ids(app.page("/?host=nas"))).containsExactly(nginx);
        assertThat(TestApp.ids(app.page("/?tag=" + tag))).containsExactly(immich);
        assertThat(TestApp.ids(app.page("/?q=NGI"))).containsExactly(nginx);
        assertThat(TestApp.ids(app.page("/?q=immich-s&host=pi&tag=" + tag))).containsExactly(immich);
        assertThat(TestApp.ids(app.page("/?state=all&q=nas"))).containsExactly(redis, nginx);
        assertThat(app.page("/?state=all&host=pi&q=nginx")).contains("Nothing here matches");
    }

    @Test
    void theNumbersSayWhatAClickWouldShow() throws Exception {
        app.announce("nas", NGINX, 1);
        app.announce("nas", REDIS, 1);
        String pi = app.announce("pi", REDIS, 1);
        app.submit("/acknowledge", "one", pi, "seen", TestApp.seen(app.page("/")));

        String page = app.page("/?state=all&host=nas").replaceAll("\\s+", " ");

        assertThat(page).contains(">Open <span class=\"count\">2</span>");
        assertThat(page).contains(">Acknowledged <span class=\"count\">0</span>");
        assertThat(page).contains("<span class=\"label\">pi</span> <span class=\"count\">1</span>");
    }

    @Test
    void pagesShowEveryImageOnceThoughOthersArriveMeanwhile() throws Exception {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            expected.add(0, app.announce("nas", "docker.io/library/app" + i + ":1", i));
        }
        List<String> shown = new ArrayList<>();
        String link = "/";
        for (int i = 0; i < 3; i++) {
            String page = app.page(link);
            shown.addAll(TestApp.ids(page));
            app.announce("pi", "docker.io/library/late" + i + ":1", i);
            link = i == 2 ? "" : TestApp.link(page, "rel=\"next\" class=\"last\" href=\"([^\"]+)\"");
        }
        assertThat(shown).containsExactlyElementsOf(expected);
        assertThat(app.json("/api/images?limit=500").get("items").size()).isEqualTo(63);
    }

    @Test
    void whoAcknowledgesOnALaterPageStaysThere() throws Exception {
        for (int i = 0; i < 30; i++) {
            app.announce("nas", "docker.io/library/app" + i + ":1", i);
        }
        String second = app.page(TestApp.link(app.page("/"), "rel=\"next\" class=\"last\" href=\"([^\"]+)\""));
        List<String> shown = TestApp.ids(second);
        String action = TestApp.link(second, "action=\"(/acknowledge[^\"]+)\"");

        String after = app.submit(action, "one", shown.get(0), "seen", TestApp.seen(second));

        assertThat(TestApp.ids(after)).containsExactlyElementsOf(shown.subList(1, shown.size()));
    }

    @Test
    void acknowledgedAreOneOrSeveralOrAllAndEachCanBeUndone() throws Exception {
        String nginx = app.announce("nas", NGINX, 1);
        String redis = app.announce("nas", REDIS, 1);
        String pi = app.announce("pi", REDIS, 1);
        String seen = TestApp.seen(app.page("/"));

        String after = app.submit("/acknowledge", "id", nginx, "id", redis, "selected", "1", "seen", seen);
        assertThat(after).contains("2 updates are acknowledged.");
        assertThat(TestApp.ids(after)).containsExactly(pi);

        String undone = app.submit("/undo", "acknowledgement", undo(after));
        assertThat(undone).contains("2 updates are open again.");

        String all = app.submit("/acknowledge?host=nas", "all", "1", "seen", seen);
        assertThat(all).contains("2 updates are acknowledged.");
        assertThat(TestApp.ids(app.page("/"))).containsExactly(pi);

        // What somebody has opened again meanwhile is not part of it any more.
        app.submit("/reopen", "one", redis);
        assertThat(app.submit("/undo", "acknowledgement", undo(all))).contains("1 update is open again.");
        assertThat(TestApp.ids(app.page("/"))).containsExactly(pi, redis, nginx);
    }

    @Test
    void whatCameAfterThePageWasMadeStaysOpen() throws Exception {
        String nginx = app.announce("nas", NGINX, 1);
        String redis = app.announce("nas", REDIS, 1);
        String seen = TestApp.seen(app.page("/"));
        app.announce("nas", NGINX, 2);

        String after = app.submit("/acknowledge", "all", "1", "seen", seen);

        assertThat(after).contains("1 update is acknowledged.");
        assertThat(TestApp.ids(after)).containsExactly(nginx);
        assertThat(app.state(redis)).isEqualTo("acknowledged");
        assertThat(app.submit("/acknowledge", "one", nginx, "seen", seen)).contains("Nothing was acknowledged.");
    }

    @Test
    void tagsAreCreatedRenamedColouredAssignedAndDeleted() throws Exception {
        String nginx = app.announce("nas", NGINX, 1);
        String redis = app.announce("nas", REDIS, 1);
        app.submit("/tags", "name", "  web   front ", "colour", "blue");
        JsonNode tag = app.json("/api/tags").get("items").get(0);
        String id = tag.get("id").stringValue();
        assertThat(tag.get("name").stringValue()).isEqualTo("web front");

        assertThat(app.submit("/tag", "id", nginx, "id", redis, "tag", id)).contains("2 updates are tagged.");
        assertThat(app.submit("/tag", "id", nginx, "tag", id)).contains("No image needed that tag.");
        assertThat(app.page("/tags")).contains("2 images");

        app.submit("/tags/" + id, "name", "frontend", "colour", "red", "version", version(tag));
        assertThat(app.page("/")).contains("<span class=\"chip red\">frontend</span>");
        HttpResponse<String> stale = app.post("/tags/" + id, "name", "mine", "colour", "red", "version", version(tag));
        assertThat(stale.statusCode()).isEqualTo(412);

        JsonNode renamed = app.json("/api/tags/" + id);
        app.submit("/tags/" + id + "/delete", "version", version(renamed), "name", "x", "colour", "red");
        assertThat(app.json("/api/images/" + nginx).get("tags").size()).isZero();
        assertThat(app.post("/tag", "id", nginx, "tag", id).statusCode()).isEqualTo(400);
    }

    @Test
    void twoTagsOfOneNameAreRefusedHoweverTheyAreWritten() throws Exception {
        app.createTag("Media", "violet");

        assertThat(app.post("/tags", "name", "media", "colour", "red").statusCode())
                .isEqualTo(409);
        assertThat(app.post("/tags", "name", " ", "colour", "red").statusCode()).isEqualTo(400);
        assertThat(app.post("/tags", "name", "x".repeat(41), "colour", "red").statusCode())
                .isEqualTo(400);
        assertThat(app.post("/tags", "name", "x", "colour", "#fff").statusCode())
                .isEqualTo(400);
    }

    @Test
    void theHistoryOfAnImageIsPagedNewestFirst() throws Exception {
        String id = "";
        for (int i = 1; i <= 30; i++) {
            id = app.announce("nas", NGINX, i);
        }
        String first = app.page("/images/" + id);
        String second = app.page(TestApp.link(first, "class=\"last\" href=\"([^\"]+)\""));

        List<String> digests = new ArrayList<>(history(first));
        digests.addAll(history(second));
        assertThat(digests).hasSize(30).doesNotHaveDuplicates();
        assertThat(digests.get(0)).endsWith(String.format(Locale.ROOT, "%064x", 30));
        assertThat(app.updates(id)).hasSize(30);
    }

    @Test
    void aRemovedImageIsGoneWithItsHistoryAndComesBackIfItIsAnnounced() throws Exception {
        String id = app.announce("nas", NGINX, 1);
        app.submit("/images/" + id + "/forget");

        assertThat(app.send(app.request("/images/" + id)).statusCode()).isEqualTo(404);
        assertThat(app.post("/images/" + id + "/forget").statusCode()).isEqualTo(404);
        assertThat(app.announce(Diun.update("nas", NGINX, 1)).get("outcome").stringValue())
                .isEqualTo("stored");
        assertThat(app.updates(id)).hasSize(1);
    }

    private static List<String> history(String page) {
        return TestApp.found(page.substring(page.indexOf("class=\"history")), "<code>(sha256:[0-9a-f]+)</code>");
    }

    private static String undo(String page) {
        return TestApp.found(page, "name=\"acknowledgement\" value=\"([^\"]+)\"")
                .get(0);
    }

    private static String version(JsonNode document) {
        return Long.toString(document.get("version").longValue());
    }
}
