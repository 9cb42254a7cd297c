package dev.pagurus.store.tck.walk;

import dev.pagurus.store.Store;

/** The open handles of one database: the store's, or the reference's. */
interface Handles {

    /** Returns one of them. */
    Store get(int handle);

    /** Closes one, and opens it again. */
    void reopen(int handle) throws Exception;
}
