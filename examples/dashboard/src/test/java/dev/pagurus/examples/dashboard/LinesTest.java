package dev.pagurus.examples.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a line of a page tells of images that the page does not show, on each store alike. */
class LinesTest extends OnEachStore {

    LinesTest(TestStore store) {
        super(store);
    }

    @Test
    void theOneThatWaitsLongestIsNamed() throws Exception {
        String nginx = app.announce("nas", NGINX, 1);
        assertThat(app.page("/")).as("of one").doesNotContain("Waiting longest");
        String redis = app.announce("pi", REDIS, 1);
        String late = app.announce("pi", NGINX, 1);

        assertThat(longest("/")).isEqualTo("/images/" + nginx);
        assertThat(longest("/?host=pi")).as("of those that match").isEqualTo("/images/" + redis);
        assertThat(longest("/?state=all&q=nginx")).isEqualTo("/images/" + nginx);
        assertThat(app.page("/?state=acknowledged")).doesNotContain("Waiting longest");

        app.announce("nas", NGINX, 2);
        assertThat(longest("/")).as("by the newest announcement").isEqualTo("/images/" + redis);
        app.submit("/acknowledge", "one", redis, "seen", TestApp.seen(app.page("/")));
        assertThat(longest("/?state=all")).as("of those that are open").isEqualTo("/images/" + late);
    }

    @Test
    void anImageSaysWhereElseItIsAndHowOftenItWasAnnounced() throws Exception {
        String nas = app.announce("nas", NGINX, 1);
        assertThat(app.page("/images/" + nas)).doesNotContain("Also on", "announcements");
        app.announce("pi", "docker.io/library/nginx:1.26", 1);
        String pi = app.announce("pi", NGINX, 1);
        String attic = app.announce("attic", NGINX, 1);
        app.submit("/acknowledge", "one", pi, "seen", TestApp.seen(app.page("/")));
        app.announce("nas", NGINX, 2);
        app.announce("nas", NGINX, 2);
        app.announce("nas", NGINX, 3);

        String page = app.page("/images/" + nas).replaceAll("\\s+", " ");

        String also = page.substring(page.indexOf("Also on"), page.indexOf("</ul>", page.indexOf("Also on")));
        assertThat(TestApp.found(also, "<li>(.*?)</li>"))
                .containsExactly(
                        "<a href=\"/images/" + attic + "\">attic</a> <span class=\"status update\">open</span>",
                        "<a href=\"/images/" + pi + "\">pi</a> <span class=\"status quiet\">acknowledged</span>");
        JsonNode oldest =
                app.json("/api/images/" + nas + "/updates").get("items").get(2);
        assertThat(page)
                .contains("3 announcements, the first <time datetime=\""
                        + oldest.get("noticedAt").stringValue() + "\"");
    }

    private String longest(String path) throws Exception {
        return TestApp.link(app.page(path), "Waiting longest: <a href=\"([^\"]+)\"");
    }
}
