package dev.pagurus.store.tck.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pagurus.store.Capability;
import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.DuplicateIdException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Alone;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.watch.LogLook;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** Group E, what goes wrong around a store: its URL, its secrets, and its use in the wrong place. */
public abstract class OpeningClauses extends ClauseGroup {

    private static final String SECRET = LogLook.SECRET;

    protected OpeningClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.E1)
    void anUnknownSchemeIsNamedWithTheStoresThatAreThere() {
        assertThatThrownBy(() -> open("nosuchengine:somewhere"), "opening 'nosuchengine:somewhere'")
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("'nosuchengine'", "dependency", config.scheme() + ":");
    }

    @Proves(Clause.E2)
    void whatIsNoUrlIsRefused() {
        for (String url : List.of("", " ", "notes.db", ":x", "1a:x", "/tmp/x?a=b", "a b:c", "?timeout=1s")) {
            assertThatThrownBy(() -> open(url), "URL %s", url)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContainingAll("URL", "scheme");
        }
    }

    @Proves(Clause.E3)
    void anUnknownOptionIsNamedWithTheKnownOnes() {
        assertThatThrownBy(() -> openWith("?no.such.option=1"), "opening with the option no.such.option")
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("'no.such.option'", "Known options", "timeout", "body.max");
    }

    @Proves(Clause.E4)
    void malformedOptionsSayWhatIsWanted() {
        for (String option : List.of(
                "timeout=",
                "timeout=soon",
                "timeout=10",
                "timeout=-1s",
                "timeout=0s",
                "timeout=1s%20",
                "timeout=1e3s")) {
            assertThatThrownBy(() -> openWith("?" + option), option)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContainingAll("option", "timeout");
        }
        for (String option : List.of(
                "body.max=",
                "body.max=0",
                "body.max=-1",
                "body.max=lots",
                "body.max=1TiB",
                "body.max=999999999999GiB",
                "body.max=513MiB")) {
            assertThatThrownBy(() -> openWith("?" + option), option)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContainingAll("'body.max'", "size", "MiB");
        }
    }

    @Proves(Clause.E4)
    void optionsWithoutNameOrValueOrTwiceAreRefused() {
        for (String options : List.of(
                "?timeout", "?=1s", "?timeout=1s&timeout=2s", "?timeout=%zz", "?timeout=%ff", "?body.max=1%2")) {
            assertThatThrownBy(() -> openWith(options), options)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("URL");
        }
    }

    @Proves(Clause.E4)
    void theUrlWinsOverTheBuilder() {
        StoreConfig both = StoreConfig.builder("x:y?timeout=5s&body.max=1KiB")
                .timeout(Duration.ofSeconds(9))
                .maxBodyBytes(9)
                .build();
        assertThat(both.timeout()).as("StoreConfig.timeout()").hasSeconds(5);
        assertThat(both.maxBodyBytes()).as("StoreConfig.maxBodyBytes()").isEqualTo(1024);
    }

    @Proves(Clause.E9)
    void noMessageShowsThePasswordOfAUrl() {
        for (String url : List.of(
                "nosuchengine://user:" + SECRET + "@host:1/db",
                "nosuchengine://user:a@b/" + SECRET + "@host/db",
                "nosuchengine://user:a?b" + SECRET + "@host/db",
                "nosuchengine://host/db?password=" + SECRET,
                "nosuchengine://host/db?timeout=" + SECRET,
                "nosuchengine://host/db?" + SECRET,
                "nosuchengine://host/db?a=%zz" + SECRET,
                "nosuchengine://host/db?body.max=" + SECRET,
                "//user:" + SECRET + "@host/db",
                config.scheme() + ":" + config.address() + "?no.such.option=1&password=" + SECRET,
                config.scheme() + ":" + config.address() + "?no.such.option=" + SECRET)) {
            Throwable failure = catchThrowable(() -> open(url));
            assertThat(failure).as("the failure of opening it").isNotNull();
            assertThat(stackTrace(failure)).as("the failure of opening it").doesNotContain(SECRET);
        }
    }

    @Proves(Clause.E9)
    void noConfigurationShowsAPassword() {
        StoreConfig secret = StoreConfig.builder("nosuchengine://user:" + SECRET + "@host/db?password=" + SECRET)
                .user("somebody")
                .password(SECRET)
                .build();
        assertThat(secret.toString())
                .as("StoreConfig.toString()")
                .contains("user", "host")
                .doesNotContain(SECRET);
        assertThat(secret.redactedUrl()).as("StoreConfig.redactedUrl()").doesNotContain(SECRET);
        assertThat(secret.options().toString()).as("StoreConfig.options()").doesNotContain(SECRET);
    }

    @Proves(Clause.E9)
    void theOpenStoreShowsNoPassword() {
        String password = config.password();
        String shown = store + " " + store.health();
        if (password != null) {
            assertThat(shown).doesNotContain(password);
        }
        assertThat(shown).doesNotContainIgnoringCase("password");
    }

    @Proves(Clause.E13)
    @Alone
    void aDaysWorkIsLoggedWithoutAWarning() throws Exception {
        log().requireLog();
        workThrough();
        log().requireNothingWrong();
    }

    @Proves(Clause.E14)
    @Alone
    void aDaysWorkLogsNoSecret() throws Exception {
        log().requireLog();
        workThrough();
        for (String url : List.of(
                config.scheme() + ":" + config.address() + "?no.such.option=" + SECRET,
                "nosuchengine://user:" + SECRET + "@host/db")) {
            assertThatThrownBy(() -> open(url), "opening with a wrong URL").isInstanceOf(ConfigurationException.class);
        }
        log().requireNothingWrong();
    }

    @Proves(Clause.E10)
    @Needs(Capability.TRANSACTIONS)
    void theStoreIsRefusedInsideOfItsOwnTransaction() {
        DocumentCollection<Item> outside = items();
        for (ThrowingCallable use : outsideUses(outside)) {
            store.runTransaction(tx -> assertThatThrownBy(use)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll("inside of its own transaction", "same thread"));
        }
        assertThat(outside.query().count()).isZero();
    }

    @Proves(Clause.E10)
    @Needs(Capability.SNAPSHOTS)
    void theStoreIsRefusedInsideOfItsOwnSnapshot() {
        DocumentCollection<Item> outside = items();
        for (ThrowingCallable use : outsideUses(outside)) {
            store.snapshot(view -> assertThatThrownBy(use)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll("inside of its own snapshot", "same thread"));
        }
        assertThat(outside.query().count()).isZero();
    }

    @Proves(Clause.E10)
    @Needs(Capability.TRANSACTIONS)
    void afterTheRefusalTheTransactionGoesOn() {
        DocumentCollection<Item> outside = items();
        store.runTransaction(tx -> {
            tx.collection(itemSchema()).put("a", Item.NOTHING);
            assertThatThrownBy(() -> outside.get("a")).isInstanceOf(IllegalStateException.class);
            tx.collection(itemSchema()).put("b", Item.NOTHING);
        });
        assertThat(outside.query().count()).isEqualTo(2);
    }

    private List<ThrowingCallable> outsideUses(DocumentCollection<Item> outside) {
        return List.of(
                () -> outside.get("a"),
                () -> outside.put("a", Item.NOTHING),
                () -> outside.delete("a"),
                () -> outside.update("a", item -> item),
                () -> outside.query().count(),
                () -> outside.query().list(),
                () -> outside.query().deleteAll(),
                () -> store.collection(itemSchema("others")),
                () -> store.transaction(inner -> 1),
                () -> store.snapshot(inner -> 1),
                () -> store.close());
    }

    /** Opens, defines, upgrades, writes, reads, is refused, and closes. */
    private void workThrough() throws Exception {
        try (Store other = second()) {
            DocumentCollection<Item> items = other.collection(itemSchema());
            items.insert("a", Item.of("one"));
            assertThatThrownBy(() -> items.insert("a", Item.of("two")), "an insert of an id that is taken")
                    .isInstanceOf(DuplicateIdException.class);
            other.collection(itemSchema().index(Item.REAL).revision(2)).put("b", Item.of("two"));
            assertThat(other.health().up()).as("whether the store is up").isTrue();
        }
    }

    /** Opens the same database with other options. */
    private void openWith(String options) {
        open(config.scheme() + ":" + config.address() + options);
    }

    private void open(String url) {
        StoreConfig.Builder builder = StoreConfig.builder(url);
        @Nullable String user = config.user();
        @Nullable String password = config.password();
        if (user != null) {
            builder.user(user);
        }
        if (password != null) {
            builder.password(password);
        }
        fixture.open(builder.build()).close();
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
