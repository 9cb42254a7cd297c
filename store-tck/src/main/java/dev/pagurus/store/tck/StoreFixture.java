package dev.pagurus.store.tck;

import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;

/**
 * Where the kit finds databases of the store under test; the one thing that its author writes.
 *
 * <pre>{@code
 * class AcmeTckTest extends StoreTck {
 *     @Override
 *     protected StoreFixture fixture() {
 *         return new StoreFixture() {
 *             public String name() {
 *                 return "acme";
 *             }
 *
 *             public StoreConfig.Builder newDatabase() {
 *                 return StoreConfig.builder("acme://localhost/" + Ids.next());
 *             }
 *         };
 *     }
 * }
 * }</pre>
 *
 * <p>An exception from any method fails the test that needed it: a database that cannot be reached proves nothing.
 */
public interface StoreFixture {

    /** Returns the store's name, which names the report too: {@code target/store-tck/<name>.json}. */
    String name();

    /**
     * Makes a new, empty database and says how to open it; called before each test. The kit adds a clock or a time-out to
     * the builder where a test needs one.
     */
    StoreConfig.Builder newDatabase() throws Exception;

    /**
     * Opens a store; all tests open theirs here. By default the provider is found by the URL's scheme, as an application
     * does; a fixture may wrap the store, or give the provider itself.
     */
    default Store open(StoreConfig config) {
        return Stores.open(config);
    }

    /**
     * Says how to open the same database once more while it is open.
     *
     * @param first what {@link #newDatabase()} returned
     * @param open the store that was opened with it
     */
    default StoreConfig.Builder secondHandle(StoreConfig.Builder first, Store open) throws Exception {
        return first;
    }

    /**
     * Says whether a database outlives its last handle. Where it does not, tests that close a store and open it again
     * leave it open and open a second handle instead.
     */
    default boolean survivesClose() {
        return true;
    }

    /**
     * Says whether another process can open a database while it is open here. Where it can, each test that opens a second
     * handle runs once more with that handle in a second JVM, which finds the store on the same class path by
     * {@link java.util.ServiceLoader}. If not said otherwise, it can if the database outlives its last handle.
     */
    default boolean severalProcesses() {
        return survivesClose();
    }

    /** Removes a database after its test, when all handles are closed. */
    default void dropDatabase(StoreConfig config) throws Exception {}
}
