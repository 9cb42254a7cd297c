package dev.pagurus.store.postgres;

import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;

/** An application in a process of its own that opens the store of a URL and puts its first document. */
final class FirstWriter {

    private FirstWriter() {}

    public static void main(String[] arguments) {
        try (Store store = Stores.open(arguments[0])) {
            store.collection(Ticket.SCHEMA).put("a", Ticket.of("a"));
        }
    }
}
