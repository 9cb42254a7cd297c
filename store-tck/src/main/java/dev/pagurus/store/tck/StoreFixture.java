package dev.pagurus.store.tck;

import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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
     * Names the file of waivers, as seen from the module's directory, such as {@code src/test/store-tck.waivers}: clauses
     * that the store is known to break, each on a line of its own with the reason. Empty lines and lines that begin with
     * {@code #} are left out.
     *
     * <pre>{@code
     * # clause  why its failure is accepted
     * Q35       the engine has no index on the creation time before 4.0, see issue 12
     * }</pre>
     *
     * <p>The tests of a waived clause still run. Their failures are shown and do not fail the build; the verdict is then
     * {@code CONFORMANT EXCEPT Q35}. A waiver whose clause passes is stale and fails the build. So does a line that is not
     * understood: an id that is no clause, no reason, or the same clause twice.
     */
    default Optional<Path> waivers() {
        return Optional.empty();
    }

    /**
     * Supplies what is logged while the tests run, such as {@link StoreLog#ofConsole()}; always the same one. By default
     * there is none, and the clauses about logging are NOT RUN, which leaves the verdict PARTIAL.
     */
    default Optional<StoreLog> log() {
        return Optional.empty();
    }

    /**
     * Names the files and directories of a database that this process would have open, so that the kit can tell when one
     * is still open after all stores are closed: whatever begins with one of these names. It can tell where there is
     * {@code /proc}.
     */
    default List<Path> files(StoreConfig config) {
        return List.of();
    }

    /**
     * Says whether another process can open a database while it is open here. Where it can, each test that opens a second
     * handle runs once more with that handle in a second JVM, which finds the store on the same class path by
     * {@link java.util.ServiceLoader}, and some kill such a JVM in the midst of its work. If not said otherwise, it can if the
     * database outlives its last handle.
     */
    default boolean severalProcesses() {
        return survivesClose();
    }

    /**
     * Says how to open a file that {@link Store#backup} has written; asked only of stores that declare {@link
     * dev.pagurus.store.Capability#BACKUP}.
     */
    default StoreConfig.Builder ofBackup(Path file) {
        throw new UnsupportedOperationException("The fixture does not say how to open a backup.");
    }

    /** Removes a database after its test, when all handles are closed. */
    default void dropDatabase(StoreConfig config) throws Exception {}
}
