package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.postgres.connect.PostgresConnections;
import dev.pagurus.store.postgres.connect.PostgresErrors;
import dev.pagurus.store.postgres.connect.PostgresPool;
import dev.pagurus.store.postgres.connect.PostgresSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A primary, its standby, and a standby that never confirms. */
@Timeout(120)
class PostgresStandbyTest {

    @Test
    void aStandbyIsNamedAsSuchAndThePrimaryBesideItIsFound() throws Exception {
        try (OwnServer primary = OwnServer.start()) {
            String options = "/postgres?pool.minIdle=0&schema=both&connect.timeout=2s&timeout=5s";
            Stores.open("postgres://postgres@127.0.0.1:" + primary.port() + options)
                    .close();
            try (OwnServer standby = primary.standby()) {
                String url = "postgres://postgres@127.0.0.1:" + standby.port() + options;
                Failure.ofOpening(UnavailableException.class, url, "is a standby, which is read-only", "all hosts");
                PostgresSettings settings = PostgresSettings.of(StoreConfig.of(url));
                PostgresErrors errors = new PostgresErrors(settings);
                try (PostgresConnections connections = PostgresConnections.of(settings)) {
                    PostgresPool pool = connections.pool(settings, errors);
                    assertThat(new PostgresHealth(settings, pool, pool).check())
                            .satisfies(health -> assertThat(health.up()).isFalse())
                            .satisfies(health -> assertThat(health.problem()).contains("is a standby"))
                            .satisfies(health -> assertThat(health.details()).containsEntry("primary", "false"));
                    Failure.of(
                            UnavailableException.class,
                            () -> pool.with(false, connection -> connection.alone("select 1", List.of(), rows -> 1)),
                            "is a standby",
                            "name the primary, or all hosts");
                }
                Failure.ofOpening(
                        UnavailableException.class,
                        "postgres://postgres@127.0.0.1:" + standby.port() + ",127.0.0.1:" + OwnServer.freePort()
                                + options,
                        "No primary can be reached among the hosts of",
                        "primary");
                try (Store store = Stores.open(
                        "postgres://postgres@127.0.0.1:" + standby.port() + ",127.0.0.1:" + primary.port() + options)) {
                    store.collection(Thing.SCHEMA).put("one", new Thing("first"));
                    assertThat(store.health().details()).containsEntry("primary", "true");
                }
            }
        }
    }

    @Test
    void aWriteThatNoStandbyConfirmsIsNotReportedAsDone() throws Exception {
        try (OwnServer server = OwnServer.start()) {
            String url = server.url("postgres", "postgres") + "?pool.minIdle=0&schema=alone&timeout=1s";
            try (Store store = Stores.open(url)) {
                DocumentCollection<Thing> things = store.collection(Thing.SCHEMA);
                things.put("one", new Thing("first"));
                server.run("alter system set synchronous_standby_names = 'nobody'");
                server.reload();
                Failure.of(
                        OutcomeUnknownException.class,
                        () -> things.put("two", new Thing("second")),
                        "may have happened or not");
                server.run("alter system reset synchronous_standby_names");
                server.reload();
                things.put("three", new Thing("third"));
            }
        }
    }
}
