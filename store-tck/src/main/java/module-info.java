/**
 * The contract of a Pagurus store as tests: extend {@link dev.pagurus.store.tck.StoreTck}, give it a {@link
 * dev.pagurus.store.tck.StoreFixture}, and read the verdict in {@code target/store-tck}.
 */
module dev.pagurus.store.tck {
    requires transitive dev.pagurus.store;
    requires transitive org.junit.jupiter.api;
    requires java.management;
    requires org.opentest4j;
    requires static transitive org.jspecify;
    requires org.assertj.core;
    requires tools.jackson.databind;

    exports dev.pagurus.store.tck;

    uses dev.pagurus.store.spi.StoreProvider;

    // JUnit calls the tests, Jackson reads and writes the documents that they store.
    opens dev.pagurus.store.tck to
            org.junit.platform.commons,
            tools.jackson.databind;
    opens dev.pagurus.store.tck.group to
            org.junit.platform.commons,
            tools.jackson.databind;
    opens dev.pagurus.store.tck.values to
            org.junit.platform.commons,
            tools.jackson.databind;
    opens dev.pagurus.store.tck.queries to
            org.junit.platform.commons,
            tools.jackson.databind;
    opens dev.pagurus.store.tck.select to
            org.junit.platform.commons,
            tools.jackson.databind;
    opens dev.pagurus.store.tck.groups to
            org.junit.platform.commons,
            tools.jackson.databind;
    opens dev.pagurus.store.tck.writes to
            org.junit.platform.commons,
            tools.jackson.databind;
    opens dev.pagurus.store.tck.transactions to
            org.junit.platform.commons,
            tools.jackson.databind;
    opens dev.pagurus.store.tck.schemas to
            org.junit.platform.commons,
            tools.jackson.databind;
    opens dev.pagurus.store.tck.steps to
            org.junit.platform.commons,
            tools.jackson.databind;
    opens dev.pagurus.store.tck.lifecycle to
            org.junit.platform.commons,
            tools.jackson.databind;
    opens dev.pagurus.store.tck.moves to
            org.junit.platform.commons,
            tools.jackson.databind;
    opens dev.pagurus.store.tck.walk to
            org.junit.platform.commons,
            tools.jackson.databind;
    opens dev.pagurus.store.tck.paths to
            org.junit.platform.commons,
            tools.jackson.databind;
    opens dev.pagurus.store.tck.samples to
            tools.jackson.databind;
    opens dev.pagurus.store.tck.histories to
            tools.jackson.databind;
    opens dev.pagurus.store.tck.serial to
            tools.jackson.databind;
    opens dev.pagurus.store.tck.report to
            tools.jackson.databind;
    opens dev.pagurus.store.tck.hosts to
            org.junit.platform.commons,
            tools.jackson.databind;
    opens dev.pagurus.store.tck.states to
            org.junit.platform.commons,
            tools.jackson.databind;
    opens dev.pagurus.store.tck.changes to
            org.junit.platform.commons,
            tools.jackson.databind;
    opens dev.pagurus.store.tck.claims to
            org.junit.platform.commons,
            tools.jackson.databind;
    opens dev.pagurus.store.tck.words to
            org.junit.platform.commons,
            tools.jackson.databind;
    opens dev.pagurus.store.tck.expiry to
            org.junit.platform.commons,
            tools.jackson.databind;
    opens dev.pagurus.store.tck.listeners to
            org.junit.platform.commons,
            tools.jackson.databind;
}
