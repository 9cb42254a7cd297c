/** A Pagurus store that keeps its documents in an H2 database. */
module com.example.h2store {
    requires dev.pagurus.store;
    requires com.h2database;

    provides dev.pagurus.store.spi.StoreProvider with
            com.example.h2store.H2StoreProvider;
}
