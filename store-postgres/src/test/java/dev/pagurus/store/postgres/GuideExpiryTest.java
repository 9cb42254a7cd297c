package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.tck.group.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The sessions of the guide, which expire, on both stores. */
class GuideExpiryTest {

    record Session(String user, Instant until) {

        Session longer(Instant end) {
            return new Session(user, end);
        }
    }

    static final InstantField<Session> UNTIL = InstantField.of("until", Session::until);
    static final Schema<Session> SESSIONS = Schema.of("sessions", Session.class).expiresAt(UNTIL);

    static final Duration IDLE = Duration.ofMinutes(30);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-05-01T12:00:00Z"));

    static Stream<StoreConfig.Builder> stores() {
        return Stream.of(StoreConfig.builder("sqlite::memory:"), PostgresServer.newDatabase());
    }

    /** Who is logged in under a token, for another half hour from now on. */
    static Optional<String> user(Store store, String token) {
        DocumentCollection<Session> sessions = store.collection(SESSIONS);
        Instant until = store.now().plus(IDLE);
        return sessions.update(token, session -> session.longer(until)) // empty if there is none, or no more
                .map(session -> session.value().user());
    }

    @ParameterizedTest
    @MethodSource("stores")
    void whoIsIdleIsLoggedOut(StoreConfig.Builder database) throws Exception {
        StoreConfig config = database.clock(clock).build();
        try (Store store = Stores.open(config)) {
            store.collection(SESSIONS)
                    .insert("token", new Session("ann", store.now().plus(IDLE)));
            clock.advanceSeconds(1799);
            assertThat(user(store, "token")).contains("ann");
            clock.advanceSeconds(1799);
            assertThat(user(store, "token")).contains("ann");
            clock.advanceSeconds(1800);
            assertThat(user(store, "token")).isEmpty();
            store.collection(SESSIONS)
                    .insert("token", new Session("bob", store.now().plus(IDLE)));
            assertThat(user(store, "token")).contains("bob");
            long removed = store.removeExpired(); // once an hour, from a timer of yours
            assertThat(removed).isZero();
        } finally {
            if (config.url().startsWith("postgres")) {
                PostgresServer.drop(config);
            }
        }
    }
}
