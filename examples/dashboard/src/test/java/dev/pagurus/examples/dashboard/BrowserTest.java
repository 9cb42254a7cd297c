package dev.pagurus.examples.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** What somebody sees and does in a browser. What it looks like is kept in target/screenshots. */
@Timeout(120)
class BrowserTest {

    private static final String TICKS = ".rows input[type=checkbox]";

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
        browser.desktop();
        browser.scheme("light");
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
    void updatesAreListedFilteredAndPaged() throws Exception {
        Household.announceAll(app);
        browser.open(app.address());
        browser.awaitRows(25);
        browser.awaitText("#line", "Live");
        browser.screenshot("list");

        browser.press("Older updates");
        browser.awaitRows(Household.IMAGES - 25);
        browser.press("Newest");
        browser.awaitRows(25);

        assertThat(browser.text(".summary")).startsWith("Waiting longest: nginx:1.27 on nas, ");

        browser.press("pi 9");
        browser.awaitRows(9);
        browser.type("#q", "VAULT", Keys.ENTER);
        browser.awaitRows(1);
        assertThat(browser.text(".rows .name")).isEqualTo("vaultwarden/server:latest");
        browser.screenshot("filtered");
        browser.press("Clear all filters");
        browser.awaitRows(25);
    }

    @Test
    void oneIsAcknowledgedAndUndone() throws Exception {
        app.announce("nas", "docker.io/library/nginx:1.27", 1);
        app.announce("nas", "docker.io/library/redis:7", 1);
        browser.open(app.address());

        browser.press("Acknowledge nginx:1.27 on nas");
        browser.awaitRows(1);
        browser.awaitText("#notice", "1 update is acknowledged.");
        assertThat(browser.title()).isEqualTo("(1) Container updates");
        browser.screenshot("acknowledged");

        browser.press("Undo");
        browser.awaitRows(2);
        browser.awaitText("#notice", "1 update is open again.");
    }

    @Test
    void severalAndAllAreAcknowledged() throws Exception {
        Household.announceAll(app);
        browser.open(app.address() + "/?host=pi");
        browser.awaitRows(9);
        browser.click(TICKS, 0);
        browser.click(TICKS, 2);
        browser.awaitText(".all", "2 selected");
        browser.screenshot("selected");
        browser.press("Acknowledge selected");
        browser.awaitRows(7);

        browser.press("Acknowledge all 7");
        browser.awaitText("#live", "Nothing here matches");
        browser.awaitText("#notice", "7 updates are acknowledged.");
        browser.press("Undo");
        browser.awaitRows(7);
    }

    @Test
    void whenAllIsDoneItSaysSo() throws Exception {
        browser.open(app.address());
        browser.awaitText("#live", "Nothing has been announced yet");
        browser.screenshot("empty");
        app.announce("nas", "docker.io/library/nginx:1.27", 1);
        browser.awaitRows(1);
        browser.press("Acknowledge all 1");
        browser.awaitText("#live", "All caught up");
        browser.screenshot("all-caught-up");
    }

    @Test
    void anUpdateArrivesWhileThePageIsOpenAndDisturbsNobody() throws Exception {
        app.announce("nas", "docker.io/library/nginx:1.27", 1);
        app.announce("nas", "docker.io/library/redis:7", 1);
        browser.open(app.address());
        browser.awaitText("#line", "Live");
        browser.click(TICKS, 1);

        app.announce("pi", "docker.io/library/caddy:2", 1);

        browser.awaitRows(3);
        assertThat(browser.text(".rows .name")).isEqualTo("caddy:2");
        assertThat(browser.title()).isEqualTo("(3) Container updates");
        browser.awaitText(".all", "1 selected");
        assertThat(browser.focus()).isEqualTo("Select nginx:1.27 on nas");
        assertThat(browser.said()).isEqualTo("A new update has arrived.");
        browser.screenshot("arrived");
    }

    @Test
    void aLinkKeepsTheFocusWhenOthersChangeThePage() throws Exception {
        app.announce("nas", "docker.io/library/nginx:1.27", 1);
        browser.open(app.address());
        browser.awaitText("#line", "Live");
        browser.tabTo("nginx:1.27");

        app.announce("pi", "docker.io/library/caddy:2", 1);

        browser.awaitRows(2);
        assertThat(browser.focus()).isEqualTo("nginx:1.27");
    }

    /** Two instances on one database know of each other by its feed of changes alone. */
    @Test
    void anUpdateThatAnotherInstanceTakesInArrivesToo(@TempDir Path data) throws Exception {
        try (TestApp one = TestApp.start(data);
                TestApp other = TestApp.start(data)) {
            browser.open(one.address());
            browser.awaitText("#line", "Live");

            other.announce("pi", "docker.io/library/caddy:2", 1);
            browser.awaitRows(1);
            other.announce("pi", "docker.io/library/redis:7", 1);
            browser.awaitRows(2);

            assertThat(browser.text(".rows .name")).isEqualTo("redis:7");
            browser.open("about:blank");
        }
    }

    @Test
    void whatSomebodyIsAboutToSendIsKeptWhenOthersChangeThePage() throws Exception {
        String id = app.announce("nas", "docker.io/library/nginx:1.27", 1);
        String kept = app.createTag("kept", "blue");
        app.submit("/images/" + id + "/tags", "tag", kept);
        app.createTag("new", "red");
        browser.open(app.address() + "/images/" + id);
        browser.awaitText("#line", "Live");
        browser.click(".ticks input", 0);
        browser.click(".ticks input", 1);

        app.announce("nas", "docker.io/library/nginx:1.27", 2);
        browser.await("two updates", () -> browser.all(".history li").size() == 2);
        browser.press("Save tags");

        browser.awaitText(".heading .chip", "new");
        assertThat(browser.all(".heading .chip")).hasSize(1);
    }

    @Test
    void tagsAreMadeAndGiven() throws Exception {
        app.announce("nas", "docker.io/library/nginx:1.27", 1);
        browser.open(app.address() + "/tags");
        browser.type("#name-new", "web");
        browser.add("#colour-new", "blue");
        browser.press("Create");
        browser.awaitText("#notice", "The tag is there.");
        browser.add(".tags input[name=name]", " front");
        browser.press("Save web");
        browser.awaitText(".tags .chip", "web front");

        browser.open(app.address());
        browser.click("#select-all");
        browser.press("Tag selected");
        browser.awaitText(".rows .chip.blue", "web front");
        browser.press("web front 1");
        browser.awaitRows(1);

        browser.click(".rows .name");
        browser.awaitText("h1", "nginx:1.27");
        browser.click(".ticks input");
        browser.press("Save tags");
        browser.awaitText("#notice", "Saved.");
        browser.await("no tag any more", () -> browser.all(".heading .chip").isEmpty());

        browser.open(app.address() + "/tags");
        browser.press("Delete web front");
        browser.awaitText("main", "No tags yet.");
    }

    @Test
    void everythingCanBeReachedWithTheKeyboard() throws Exception {
        app.announce("nas", "docker.io/library/nginx:1.27", 1);
        app.announce("nas", "docker.io/library/redis:7", 1);
        browser.open(app.address());
        browser.awaitText("#line", "Live");
        browser.keys(Keys.TAB);
        assertThat(browser.focus()).isEqualTo("Skip to the content");

        browser.tabTo("Acknowledge redis:7 on nas");
        browser.keys(Keys.ENTER);
        browser.awaitRows(1);
        // The place is kept: the same button of the row that is there now.
        browser.await("focus on the next row", () -> browser.focus().equals("Acknowledge nginx:1.27 on nas"));
    }

    @Test
    void itIsReadableInTheDarkAndOnAPhone() throws Exception {
        Household.announceAll(app);
        String id = app.announce("nas", "docker.io/library/nginx:1.27", 60);
        for (String scheme : List.of("light", "dark")) {
            browser.scheme(scheme);
            for (Map.Entry<String, String> page : Map.of("list", "/", "image", "/images/" + id, "tags", "/tags")
                    .entrySet()) {
                browser.desktop();
                browser.open(app.address() + page.getValue());
                Contrast.check(browser, page.getKey() + ", " + scheme);
                Labels.check(browser, page.getKey());
                browser.screenshot(page.getKey() + "-" + scheme);
                browser.phone();
                browser.open(app.address() + page.getValue());
                assertThat((Boolean) browser.run("return document.documentElement.scrollWidth <= innerWidth"))
                        .as("%s fits on a phone", page.getKey())
                        .isTrue();
                browser.screenshot(page.getKey() + "-" + scheme + "-phone");
            }
        }
    }

    @Test
    void scriptInEveryFieldIsTextInTheBrowserToo() throws Exception {
        String script = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">";
        Map<String, Object> fields = Diun.fields(script, script, 1);
        fields.put("metadata", Map.of(script, script));
        fields.put("platform", "<svg onload=alert(1)>");
        String id = app.announce(Diun.json(fields)).get("image").stringValue();

        browser.open(app.address());
        browser.awaitText(".rows .name", "<script>");
        browser.awaitText("#line", "Live");
        app.announce(Diun.json(Diun.fields(script, script, 2)));
        browser.open(app.address() + "/images/" + id);
        browser.awaitText("h1", "<script>");
        assertThat(browser.title()).startsWith("<script>");
    }

    @Test
    void withoutScriptItAllWorks() throws Exception {
        app.announce("nas", "docker.io/library/nginx:1.27", 1);
        app.announce("nas", "docker.io/library/redis:7", 1);
        app.announce("pi", "docker.io/library/redis:7", 1);
        try (Browser plain = new Browser(false)) {
            plain.open(app.address());
            plain.awaitRows(3);
            plain.screenshot("without-script");
            plain.type("#q", "nas ng", Keys.ENTER);
            plain.awaitRows(1);
            plain.press("Clear all filters");
            plain.awaitRows(3);
            plain.press("Acknowledge redis:7 on pi");
            plain.awaitRows(2);
            plain.press("Undo");
            plain.awaitRows(3);
            plain.click(TICKS, 0);
            plain.press("Acknowledge selected");
            plain.awaitRows(2);
            plain.press("Acknowledge all 2");
            plain.awaitText("#live", "All caught up");
            assertThat(plain.address()).contains("acknowledged=");
        }
    }
}
