/** The embedded store: Pagurus on SQLite. {@link dev.pagurus.store.sqlite.SqliteStoreProvider} lists its options. */
module dev.pagurus.store.sqlite {
    requires transitive dev.pagurus.store;
    requires org.slf4j;
    requires org.xerial.sqlitejdbc;

    exports dev.pagurus.store.sqlite;

    provides dev.pagurus.store.spi.StoreProvider with
            dev.pagurus.store.sqlite.SqliteStoreProvider;
}
