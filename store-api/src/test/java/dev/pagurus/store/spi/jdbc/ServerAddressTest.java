package dev.pagurus.store.spi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.StoreConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {

    private static final int PORT = 3306;

    @Test
    void aUrlIsTakenApart() {
        assertThat(of("x://db")).isEqualTo(new ServerAddress("db", PORT, null, null, null));
        assertThat(of("x://db/")).isEqualTo(new ServerAddress("db", PORT, null, null, null));
        assertThat(of("x://me@[::1]:5/a%20b?option=1")).isEqualTo(new ServerAddress("[::1]", 5, "a b", "me", null));
        assertThat(of("x://m%40e:p%2F%3F%40%25%3A:@db.example.com:65535/notes"))
                .isEqualTo(new ServerAddress("db.example.com", 65_535, "notes", "m@e", "p/?@%::"));
        // What should have been encoded, and can mean one thing only.
        assertThat(of("x://me:a@b/c@db/notes")).isEqualTo(new ServerAddress("db", PORT, "notes", "me", "a@b/c"));
        assertThat(of("x://:secret@db")).isEqualTo(new ServerAddress("db", PORT, null, null, "secret"));
    }

    @Test
    void whatIsGivenApartFromTheUrlWins() {
        StoreConfig config = StoreConfig.builder("x://me:old@db/notes")
                .user("you")
                .password("new")
                .build();
        assertThat(ServerAddress.of(config, PORT)).isEqualTo(new ServerAddress("db", PORT, "notes", "you", "new"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x:db",
                "x:/db",
                "x://",
                "x://me:secret@",
                "x://me:secret@db:0/notes",
                "x://me:secret@db:65536",
                "x://me:secret@db:port",
                "x://me:secret@a,b/notes",
                "x://me:secret@db/notes;init=secret",
                "x://me:secret@db/a/b",
                "x://me:secret@db/a%3Binit=secret",
                "x://me:secret@db/a%3Fallow=secret",
                "x://me:secret@db/a%26b",
                "x://me:secret@db/a%2Fb",
                "x://me:secret@db/a%0Ab",
                "x://me:secret@[db]/notes",
                "x://me:secret@db%2Fother/notes",
                "x://me:secret%@db/notes"
            })
    void whatIsNoAddressIsRefusedWithoutTheSecret(String url) {
        assertThatThrownBy(() -> of(url))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void thePasswordIsNotShown() {
        assertThat(of("x://me:secret@db/notes")).hasToString("//me@db:3306/notes");
        assertThat(of("x://:secret@db")).hasToString("//db:3306");
    }

    private static ServerAddress of(String url) {
        return ServerAddress.of(StoreConfig.of(url), PORT);
    }
}
