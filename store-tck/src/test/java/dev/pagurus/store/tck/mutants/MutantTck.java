package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.StoreTck;
import org.jspecify.annotations.Nullable;

/** The kit, run against the mutant that the running thread was told of; not a test of its own. */
final class MutantTck extends StoreTck {

    private static final ThreadLocal<@Nullable StoreFixture> FIXTURE = new ThreadLocal<>();

    /**
     * Tells this thread which mutant comes next. Takes names and not objects, because in a {@link MutantLoader} there are
     * other classes of these names.
     */
    static void use(String group, String name) throws ReflectiveOperationException {
        Mutant mutant = (Mutant) Class.forName(group, true, MutantTck.class.getClassLoader())
                .getDeclaredMethod(name)
                .invoke(null);
        FIXTURE.set(mutant.fixture("mutants/" + name));
    }

    /** Tells this thread which store comes next. */
    static void use(StoreFixture fixture) {
        FIXTURE.set(fixture);
    }

    @Override
    protected StoreFixture fixture() {
        // JUnit makes the instances on the thread that runs the launcher.
        StoreFixture fixture = FIXTURE.get();
        if (fixture == null) {
            throw new IllegalStateException("This thread was told of no mutant.");
        }
        return fixture;
    }
}
