/** The server store: Pagurus on PostgreSQL. {@link dev.pagurus.store.postgres.PostgresStoreProvider} lists its options. */
@SuppressWarnings("requires-automatic") // the driver's jar has a name for its module and no description of it
module dev.pagurus.store.postgres {
    requires transitive dev.pagurus.store;
    requires com.zaxxer.hikari;
    requires org.postgresql.jdbc;
    requires org.slf4j;

    exports dev.pagurus.store.postgres;

    provides dev.pagurus.store.spi.StoreProvider with
            dev.pagurus.store.postgres.PostgresStoreProvider;
}
