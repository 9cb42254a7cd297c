package dev.pagurus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreUrlTest {

    @ParameterizedTest
    @CsvSource({
        "sqlite:notes.db, sqlite, notes.db",
        "jdbc:sqlite:notes.db, sqlite, notes.db",
        "JDBC:SQLite:/var/x.db, sqlite, /var/x.db",
        "sqlite::memory:, sqlite, :memory:",
        "postgres://u:p@h:5432/db?pool.max=3, postgres, //u:p@h:5432/db",
        "jdbc:postgresql://h/db, postgresql, //h/db"
    })
    void aUrlHasASchemeAndAnAddress(String url, String scheme, String address) {
        StoreConfig config = StoreConfig.of(url);

        assertThat(config.scheme()).isEqualTo(scheme);
        assertThat(config.address()).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x:y?a=b\n", "x:y?a=b\r\n", " \tx:y?a=b", "\uFEFFx:y?a=b \n\n"})
    void whiteSpaceAroundAUrlIsNotPartOfIt(String url) {
        StoreConfig config = StoreConfig.of(url);

        assertThat(config.url()).isEqualTo("x:y?a=b");
        assertThat(config.address()).isEqualTo("y");
        assertThat(config.options().text("a", "")).isEqualTo("b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x:secret\ny", "x:secret\0", "x:y?a=secret\tb", "x\n:secret", "x:\u0085secret"})
    void aControlCharacterWithinAUrlIsRefusedWithoutShowingIt(String url) {
        assertThatThrownBy(() -> StoreConfig.of(url))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("control character within it")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            "pw\\n"     | "pw"
            "pw\\r\\n"   | "pw"
            "pw\\r"     | "pw"
            "pw"       | "pw"
            " pw \\n"   | " pw "
            "pw\\n\\n"   | "pw\\n"
            "\\n"       | ""
            ""         | ""
            """)
    void aLineBreakAtTheEndOfAPasswordOrUserIsNotPartOfIt(String given, String meant) {
        String secret = given.translateEscapes();
        StoreConfig config =
                StoreConfig.builder("x:y").user(secret).password(secret).build();

        assertThat(config.password()).isEqualTo(meant.translateEscapes());
        assertThat(config.user()).isEqualTo(meant.translateEscapes());
        assertThat(config.toBuilder().build().password()).isEqualTo(config.password());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "notes.db", ":x", "1a:x", "s ecret:x", "/tmp/secret.db"})
    void whatIsNoUrlIsRefusedWithoutShowingIt(String url) {
        assertThatThrownBy(() -> StoreConfig.of(url))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("must start with a scheme")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://user:secret@host:5432/db",
                "postgres://user:sec%20ret@host/db?password=secret",
                "postgres://user:pa/secret@host/db",
                "postgres://user:p@secret@host/db",
                "postgres://user:secret@host/db?options=a@b",
                "postgres://user:secret@host/db?options=secret",
                "sqlite:notes.db?key=secret",
                "user:secret@host/db",
                "user:secret@host/db?options=a@b",
                "postgres:user:secret@host/db",
                "postgres:secret@host/db",
                "sqlite:notes.db?key=secret@secret",
                "sqlite://u:secret@h/x.db",
                "sqlite:/u:secret@h/x.db",
                "sqlite:///u:secret@h/x.db",
                "sqlite:u%3Asecret%40h/x.db",
                "sqlite://u%3asecret%40h/x.db",
                "sqlite://u%253Asecret%2540h/x.db",
                "sqlite:x.db;key=secret",
                "sqlite:x.db&key=secret",
                "sqlite:x.db%3Fkey%3Dsecret",
                "jdbc:h2:./x;USER=sa;PASSWORD=secret",
                "jdbc:h2:./x;PASSWORD%3dsecret",
                "jdbc:sqlserver://host:1433;user=sa;password=secret",
                "jdbc:oracle:thin:scott/secret@//host:1521/x",
                "mongodb+srv://user/secret@host/db",
                "postgres://user#secret@host/db",
                "postgres://:secret@host/db",
                "postgres://user:secret",
                "postgres://user:secret/db",
                "postgres://a:5432,b:secret/db",
                "postgres://user:[secret]/db",
                "postgres:///user:secret@host/db"
            })
    void aSecretIsNeverShown(String url) {
        StoreConfig config =
                StoreConfig.builder(url).user("user").password("secret").build();

        assertThat(config.toString() + config.redactedUrl() + config.options()).doesNotContain("secret");
        assertThat(config.redactedUrl()).startsWith(config.scheme() + ":");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x:y?timeout=1s&se/cret=2", "x:y?se@cret=1", "x:y?se%3Acret=1&se%3Acret=2"})
    void whatIsNotLikeTheNameOfAnOptionIsNotShownAsOne(String url) {
        assertThatThrownBy(() -> StoreConfig.of(url).options().refuseUnknown())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("not shown")
                .hasMessageNotContaining("cret");
    }

    @Test
    void aPasswordWithARawQuestionMarkIsRefusedBeforeAnyOfItIsTakenForAnOption() {
        assertThatThrownBy(() -> StoreConfig.of("postgres://user:pa?secret=x@host/db"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("%3F")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aRedactedUrlStillSaysWhoAndWhere() {
        assertThat(StoreConfig.of("postgres://ann:secret@db.example:5432/app?pool.max=5")
                        .redactedUrl())
                .isEqualTo("postgres://ann:***@db.example:5432/app");
        assertThat(StoreConfig.of("postgres://ann@db.example/app").redactedUrl())
                .isEqualTo("postgres://ann@db.example/app");
        assertThat(StoreConfig.of("postgres://[::1]:5432,db.example:6543,c/app").redactedUrl())
                .isEqualTo("postgres://[::1]:5432,db.example:6543,c/app");
        assertThat(StoreConfig.of("sqlite:/data/a b/notes.db").redactedUrl()).isEqualTo("sqlite:/data/a b/notes.db");
        assertThat(StoreConfig.of("h2:mem:notes").redactedUrl()).isEqualTo("h2:mem:notes");
    }

    @Test
    void anOptionOfTheUrlWinsOverTheBuilder() {
        StoreConfig config = StoreConfig.builder("sqlite:x?timeout=5s&body.max=1KiB")
                .timeout(Duration.ofSeconds(60))
                .maxBodyBytes(5)
                .build();

        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.maxBodyBytes()).isEqualTo(1024);
    }

    @Test
    void whatIsSlowIsSaidByEitherOfThem() {
        assertThat(StoreConfig.of("sqlite:x").slow()).isZero();
        StoreConfig.Builder builder = StoreConfig.builder("sqlite:x").slow(Duration.ofSeconds(3));
        assertThat(builder.build().slow()).isEqualTo(Duration.ofSeconds(3));
        assertThat(builder.build().toBuilder().build().slow()).isEqualTo(Duration.ofSeconds(3));
        assertThat(StoreConfig.builder("sqlite:x?slow=200ms")
                        .slow(Duration.ofSeconds(3))
                        .build()
                        .slow())
                .isEqualTo(Duration.ofMillis(200));
        StoreConfig.Builder negative = StoreConfig.builder("sqlite:x").slow(Duration.ofMillis(-1));
        assertThatThrownBy(negative::build)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'slow'");
    }

    @ParameterizedTest
    @CsvSource({"250ms, 250", "10s, 10000", "2m, 120000", "1h, 3600000", "1d, 86400000"})
    void aDurationHasItsUnit(String text, long millis) {
        assertThat(StoreConfig.of("x:y?a=" + text).options().duration("a", Duration.ZERO))
                .isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "7B, 7", "2KiB, 2048", "3MiB, 3145728", "1GiB, 1073741824"})
    void aSizeMayHaveItsUnit(String text, long bytes) {
        assertThat(StoreConfig.of("x:y?a=" + text).options().bytes("a", 0, 0, Long.MAX_VALUE))
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timeout=10",
                "timeout=s",
                "timeout=-1s",
                "timeout=0s",
                "timeout=9999999999s",
                "timeout=",
                "slow=200",
                "slow=",
                "body.max=0",
                "body.max=1TB",
                "body.max=-5",
                "body.max=999999GiB"
            })
    void aMalformedOptionIsRefusedByName(String option) {
        assertThatThrownBy(() -> StoreConfig.of("x:y?" + option))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(option.substring(0, option.indexOf('=')))
                .hasMessageContaining("must be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=5", "timeout", "a=%zz", "a=%4", "a=%ff", "a=1&a=2"})
    void malformedOptionsAreRefused(String options) {
        assertThatThrownBy(() -> StoreConfig.of("x:y?" + options)).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void anUnknownOptionIsRefusedWithTheKnownOnes() {
        StoreOptions options = StoreConfig.of("x:y?reeders=5").options();
        options.integer("readers", 1, 1, 9);

        assertThatThrownBy(options::refuseUnknown)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'reeders'")
                .hasMessageContaining("body.max, readers, slow, timeout");
    }

    @Test
    void percentEncodingIsUndoneInOptions() {
        assertThat(StoreConfig.of("x:y?a=b%26c%3Dd%20%C3%A9é").options().text("a", ""))
                .isEqualTo("b&c=d éé");
    }
}
