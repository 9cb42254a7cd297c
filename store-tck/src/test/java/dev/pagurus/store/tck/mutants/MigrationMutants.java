package dev.pagurus.store.tck.mutants;

/** Group M: migrations. */
final class MigrationMutants {

    private MigrationMutants() {}
}
