package dev.pagurus.examples.dashboard;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** Headless Chromium, as Debian packages it; nothing is downloaded. */
final class Browser implements AutoCloseable {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ChromeDriver driver;

    /** Starts one; without script if so wanted. */
    Browser(boolean script) {
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File("/usr/bin/chromedriver"))
                .usingAnyFreePort()
                .build();
        ChromeOptions options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium");
        // No sandbox: it refuses to work for root, as which CI runs. Only our own pages are opened.
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
        if (!script) {
            options.setExperimentalOption("prefs", Map.of("profile.managed_default_content_settings.javascript", 2));
        }
        this.driver = new ChromeDriver(service, options);
        desktop();
    }

    void desktop() {
        size(1280, 900, false);
    }

    void phone() {
        size(390, 844, true);
    }

    void scheme(String name) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", name))));
    }

    private void size(int width, int height, boolean mobile) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", mobile));
    }

    void open(String address) {
        driver.get(address);
    }

    String address() {
        return String.valueOf(driver.getCurrentUrl());
    }

    String title() {
        return String.valueOf(driver.getTitle());
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    private WebElement one(String css) {
        return read("one " + css, () -> driver.findElement(By.cssSelector(css)));
    }

    void click(String css) {
        click(css, 0);
    }

    /** Clicks on one of several; again if the page exchanges it at this very moment. */
    void click(String css, int index) {
        await("a click on " + css, () -> {
            if (all(css).size() <= index) {
                return false;
            }
            all(css).get(index).click();
            return true;
        });
    }

    /** Clicks on the button or link with this name, as a screen reader reads it. */
    void press(String name) {
        await("something named " + name, () -> {
            WebElement element = named(name);
            if (element == null) {
                return false;
            }
            element.click();
            return true;
        });
    }

    private @Nullable WebElement named(String name) {
        return all("button, a").stream()
                .filter(one -> one.isDisplayed() && name.equals(name(one)))
                .findFirst()
                .orElse(null);
    }

    /** Writes into a field, instead of what is in it. */
    void type(String css, CharSequence... keys) {
        await("a field " + css, () -> {
            WebElement field = one(css);
            field.clear();
            field.sendKeys(keys);
            return true;
        });
    }

    /** Presses keys in a field, after what is in it. */
    void add(String css, CharSequence keys) {
        await("a field " + css, () -> {
            one(css).sendKeys(keys);
            return true;
        });
    }

    String text(String css) {
        return read("the text of " + css, () -> one(css).getText());
    }

    /** What is written in a field. */
    String value(String css) {
        return read("the value of " + css, () -> String.valueOf(one(css).getDomProperty("value")));
    }

    /** What the page says; read again if it exchanges some of it at this very moment. */
    <T> T read(String what, Supplier<T> reading) {
        List<T> read = new ArrayList<>();
        await(what, () -> read.add(reading.get()));
        return read.get(0);
    }

    /** What a screen reader calls the element that has the focus. */
    String focus() {
        return read("the focus", () -> name(driver.switchTo().activeElement()));
    }

    /** What a screen reader is told. */
    String said() {
        return read("the announcement", () -> String.valueOf(one("#announcer").getDomProperty("textContent")));
    }

    static String name(WebElement element) {
        return String.valueOf(element.getAccessibleName());
    }

    void keys(CharSequence... keys) {
        await("the focus", () -> {
            driver.switchTo().activeElement().sendKeys(keys);
            return true;
        });
    }

    /** Goes with the keyboard to what has this name. */
    void tabTo(String name) {
        for (int steps = 0; !focus().equals(name); steps++) {
            if (steps == 100) {
                throw new AssertionError("Nothing named " + name + " is reached with the keyboard");
            }
            keys(Keys.TAB);
        }
    }

    Object run(String script) {
        return driver.executeScript(script);
    }

    void awaitText(String css, String text) {
        await("'" + text + "' in " + css, () -> one(css).getText().contains(text));
    }

    void awaitRows(int count) {
        await(count + " rows", () -> all(".rows > li").size() == count);
    }

    void await(String what, BooleanSupplier condition) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                if (condition.getAsBoolean()) {
                    return;
                }
            } catch (StaleElementReferenceException | NoSuchElementException e) {
                // exchanged just now, or not there yet; look again
            }
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError(
                        "Waited in vain for " + what + " at " + address() + ":\n" + driver.getPageSource());
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    /** Keeps what it looks like now, whole. */
    void screenshot(String name) throws IOException {
        Files.createDirectories(SCREENSHOTS);
        Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    /** What the browser has complained of: scripts that failed, and what the policy has stopped. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
