package dev.pagurus.examples.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.openqa.selenium.WebElement;

/** Whether a screen reader has something to say for everything that can be used, and a way through the page. */
final class Labels {

    private Labels() {}

    static void check(Browser browser, String page) {
        assertThat(browser.read("the names of what can be used", () -> nameless(browser)))
                .as("without a name on page %s", page)
                .isEmpty();
        assertThat(browser.all("main h1")).as("headings on page %s", page).hasSize(1);
        assertThat((List<?>) browser.run("const ids = [...document.querySelectorAll('[id]')].map(one => one.id);"
                        + "return ids.filter((id, at) => ids.indexOf(id) !== at);"))
                .as("ids given twice on page %s", page)
                .isEmpty();
        assertThat(browser.all("img:not([alt])")).isEmpty();
    }

    private static List<String> nameless(Browser browser) {
        return browser.all("a, button, input:not([type=hidden]), select, summary").stream()
                .filter(WebElement::isDisplayed)
                .filter(one -> Browser.name(one).isBlank())
                .map(one -> String.valueOf(one.getDomProperty("outerHTML")))
                .toList();
    }
}
