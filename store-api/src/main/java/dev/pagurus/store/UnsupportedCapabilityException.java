package dev.pagurus.store;

/** The store does not have a capability that the call needs. Nothing was changed. */
public final class UnsupportedCapabilityException extends StoreException {

    private static final long serialVersionUID = 1L;

    private final Capability capability;

    /**
     * Makes one.
     *
     * @param engine the engine's name
     * @param capability what it lacks
     */
    public UnsupportedCapabilityException(String engine, Capability capability) {
        super(
                "The store for " + engine + " does not offer " + capability
                        + ". Store.capabilities() lists what it does offer."
                        + (capability == Capability.BACKUP
                                ? " Use Store.exportTo, or the database's own means, such as pg_dump."
                                : ""),
                null);
        this.capability = capability;
    }

    /** Returns what is lacking. */
    public Capability capability() {
        return capability;
    }
}
