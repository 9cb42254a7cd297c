/** The server store: Pagurus on PostgreSQL. {@link dev.pagurus.store.postgres.PostgresStoreProvider} lists its options. */
module dev.pagurus.store.postgres {
    requires transitive dev.pagurus.store;
    requires com.zaxxer.hikari;
    requires org.slf4j;

    exports dev.pagurus.store.postgres;

    provides dev.pagurus.store.spi.StoreProvider with
            dev.pagurus.store.postgres.PostgresStoreProvider;
}
