/**
 * The PostgreSQL store. Reserves the name of the module; the store itself is not written yet.
 */
module dev.pagurus.store.postgres {
    requires static org.jspecify;
}
