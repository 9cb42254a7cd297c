package dev.pagurus.store.sqlite;

import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;

/** Opens the store of the URL it is given, puts one document into it, and ends there: closing it is not what is asked. */
final class FirstWriter {

    private FirstWriter() {}

    @SuppressWarnings("MustBeClosed") // its process ends as it stands
    public static void main(String[] arguments) {
        Store store = Stores.open(arguments[0]);
        store.collection(Note.SCHEMA).put("n1", Note.titled("milk"));
        Runtime.getRuntime().halt(0);
    }
}
