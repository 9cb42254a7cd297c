package dev.pagurus.store;

/**
 * One running transaction, valid inside the function it was handed to and only on that thread.
 *
 * <p>Collections that it hands out read and write in the transaction. Using it, or one of them, after its function has
 * returned or from another thread throws {@link IllegalStateException}.
 */
public non-sealed interface Transaction extends CollectionSource {

    /**
     * Has something done once the transaction is committed: on this thread, in the order given, not at all if it is
     * rolled back or run again. An exception from it is logged and does not reach the caller, for the transaction has
     * happened.
     */
    void afterCommit(Runnable action);
}
