package dev.pagurus.store.sqlite;

import dev.pagurus.store.Store;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.Stores;
import org.slf4j.LoggerFactory;

/** Opens the store of the URL it is given, and says how that went. */
final class Opener {

    private Opener() {}

    /**
     * Runs it.
     *
     * @param arguments the URL, in which u stands for a letter beyond ASCII if it is written so: &#92;u
     */
    public static void main(String[] arguments) {
        LoggerFactory.getLogger(Opener.class).debug("Opening");
        try (Store store = Stores.open(arguments[0].replace("\\u", "\u00FC"))) {
            System.out.println("opened " + store.health().up());
        } catch (StoreException e) {
            System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }
}
