package dev.pagurus.store.postgres;

import ch.qos.logback.classic.Level;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;

/** An application in a process of its own: waits for a word, opens the store, and says whether it was the one to migrate. */
final class OpeningProgram {

    private OpeningProgram() {}

    /**
     * Runs it.
     *
     * @param arguments the URL, and an id to write
     */
    public static void main(String[] arguments) throws Exception {
        try (LogCapture log = new LogCapture()) {
            System.out.println("READY");
            System.out.flush();
            System.in.read();
            try (Store store = Stores.open(arguments[0])) {
                boolean applied = log.ours(Level.DEBUG).stream().anyMatch(line -> line.startsWith("Applying 0001"));
                store.collection(Thing.SCHEMA).insert(arguments[1], new Thing(arguments[1]));
                System.out.println(applied ? "MIGRATED" : "FOUND");
            }
        }
    }
}
