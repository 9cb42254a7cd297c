package dev.pagurus.store.tck.mutants;

/** Group R: reads. */
final class ReadMutants {

    private ReadMutants() {}
}
