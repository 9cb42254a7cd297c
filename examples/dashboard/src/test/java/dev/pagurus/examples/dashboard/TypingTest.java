package dev.pagurus.examples.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What somebody sees while they type into the search, in a browser. */
@Timeout(120)
class TypingTest {

    private static Browser browser;

    private TestApp app;

    @BeforeAll
    static void openBrowser() {
        browser = new Browser(true);
    }

    @AfterAll
    static void closeBrowser() {
        browser.close();
    }

    @BeforeEach
    void start(@TempDir Path data) {
        app = TestApp.start(data);
    }

    @AfterEach
    void stop() {
        try {
            assertThat(browser.complaints()).isEmpty();
        } finally {
            browser.open("about:blank");
            app.close();
        }
    }

    @Test
    void theListFollowsWhoTypes() throws Exception {
        Household.announceAll(app);
        browser.open(app.address());
        browser.awaitText("#line", "Live");
        browser.type("#q", "immich na");
        browser.awaitRows(1);
        assertThat(browser.text(".rows .host")).isEqualTo("on nas");
        assertThat(browser.address()).endsWith("q=immich+na");
        assertThat(browser.focus()).isEqualTo("Find image or host");
        assertThat(browser.title()).isEqualTo("(1) Container updates");
        browser.await("the number, said", () -> browser.said().equals("1 on this page."));
        assertThat(browser.all(".arrived")).as("found, and not new").isEmpty();

        app.announce("nas", "ghcr.io/immich-app/immich-machine-learning:release", 1);
        browser.awaitRows(2);
        assertThat(browser.all(".arrived")).as("new").hasSize(1);
        browser.await("what is new, said", () -> browser.said().equals("A new update has arrived."));

        browser.press("nas 2");
        browser.await("the host in the address", () -> browser.address().contains("host=nas"));
        assertThat(browser.value("#q")).isEqualTo("immich na");
    }

    @Test
    void whoTypesWhatIsNoWordIsTold() throws Exception {
        app.announce("nas", "docker.io/library/nginx:1.27", 1);
        browser.open(app.address());
        browser.type("#q", "::");
        browser.awaitText("#live h2", "There is no word in “::”");
        browser.await("that, said", () -> browser.said().equals("Nothing was found."));
        Contrast.check(browser, "no word");
        Labels.check(browser, "no word");
        browser.screenshot("no-word");

        browser.type("#q", "خادم");
        browser.awaitText("#live h2", "Nothing here matches");
        assertThat(browser.run("return getComputedStyle(document.getElementById('q')).direction"))
                .isEqualTo("rtl");
        browser.screenshot("right-to-left");
        browser.type("#q", "x".repeat(300));
        browser.await("the end of the field", () -> browser.address().endsWith("=" + "x".repeat(200)));
        browser.type("#q", "ng");
        browser.awaitRows(1);
    }
}
