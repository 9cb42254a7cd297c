package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.StoreTck;
import dev.pagurus.store.tck.reference.ReferenceProvider;

/** The reference engine keeps every clause; what its mutants break is their own. */
class ReferenceTckTest extends StoreTck {

    private final StoreFixture fixture = new ReferenceFixture("reference", new ReferenceProvider());

    @Override
    protected StoreFixture fixture() {
        return fixture;
    }
}
