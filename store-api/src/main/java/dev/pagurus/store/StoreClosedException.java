package dev.pagurus.store;

/** The store was closed before the call. */
public final class StoreClosedException extends StoreException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param store which store, without secrets
     */
    public StoreClosedException(String store) {
        super(
                "The store " + store + " is closed. Open it again, or keep it open for the life of the application.",
                null);
    }
}
