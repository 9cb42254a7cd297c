package dev.pagurus.store;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Makes the body of the next revision from one of the revision before, see {@link Schema#upgrade}. Most are
 * {@linkplain JsonUpgrade made of steps}; any function from text to text will do:
 *
 * <pre>{@code
 * Upgrade.dropping(body -> mapper.writeValueAsString(New.from(mapper.readValue(body, Old.class))), "title", "lines[].net")
 * }</pre>
 *
 * <p>It is called once for every document, by one thread at a time, with a lock held: it should be fast, and ask nobody. It may
 * be called again for the same body, if the change of the collection must be begun again, and must make the same of it.
 */
@FunctionalInterface
public interface Upgrade {

    /** Leaves every body as it is: what the codec reads in any case, such as a property that may be missing. */
    Upgrade NONE = body -> body;

    /**
     * Returns the new body; the same one where nothing changes. A property that the old one has and the new one has not, or
     * not as often, and that is not {@linkplain #dropping named}, refuses the upgrade, so that nothing is lost by mistake.
     *
     * @throws Exception if it cannot, of which messages tell the type only; then nothing at all is changed, unless {@link Schema#setAside} says otherwise
     */
    String apply(String body) throws Exception;

    /**
     * Names what a function leaves out on purpose, with all that is in it: properties that it drops, and those that it gives
     * another name or place. Only for functions on JSON texts; that needs Jackson, and without it nothing is compared.
     *
     * @param paths such as {@code title}, {@code lines[].net}, or <code>byName{}</code> for whatever key a map has
     * @throws SchemaException if one is no path
     */
    static Upgrade dropping(Upgrade upgrade, String... paths) {
        Objects.requireNonNull(upgrade, "upgrade");
        List<PropertyPath> dropped = Arrays.stream(paths).map(PropertyPath::of).toList();
        return new Dropping(upgrade, dropped);
    }
}
