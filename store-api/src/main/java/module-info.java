/**
 * The API that host applications use, and the SPI that stores implement.
 *
 * <p>Applications start at {@link dev.pagurus.store.Stores}; store authors at {@link
 * dev.pagurus.store.spi.StoreProvider}.
 */
module dev.pagurus.store {
    requires transitive java.sql;
    requires org.slf4j;
    requires static transitive org.jspecify;
    requires static tools.jackson.databind;
    requires static jdk.jfr;

    exports dev.pagurus.store;
    exports dev.pagurus.store.spi;
    exports dev.pagurus.store.spi.jdbc;

    uses dev.pagurus.store.spi.StoreProvider;
}
