package dev.pagurus.store;

import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How to copy, export or import.
 *
 * <pre>{@code
 * Stores.copy(source, target, CopyOptions.DEFAULT.withProgress(System.out::println));
 * }</pre>
 *
 * @param overwrite whether a target that holds documents, or a file that exists, is to be overwritten; else it is refused.
 *     Collections that the source does not have stay as they are, with the marks of steps over them; all other steps are
 *     those that have run in the source, and the tombstones are the source's
 * @param followUntil if it is there, a copy goes on with what is written to the source meanwhile, see {@link
 *     #followUntil(BooleanSupplier)}
 * @param progress is told now and then how far it is, on the thread that copies; what it throws ends the copy
 */
public record CopyOptions(
        boolean overwrite, @Nullable BooleanSupplier followUntil, Consumer<? super CopyProgress> progress) {

    /** Overwrites nothing, and tells nobody but the log. */
    public static final CopyOptions DEFAULT = new CopyOptions(false, null, progress -> {});

    /** Refuses null. */
    public CopyOptions {
        Objects.requireNonNull(progress, "progress");
    }

    /** Returns the same options, but that what the target holds is overwritten. */
    public CopyOptions withOverwrite() {
        return new CopyOptions(true, followUntil, progress);
    }

    /**
     * Returns the same options for {@link Stores#copy} from a store that stays in use: when its state is copied, what is
     * written there meanwhile is brought over again and again, round after round, until somebody says that it is enough; that
     * is when nobody writes to the source any more. Then all that was committed by that moment is brought over, and compared.
     *
     * <p>It follows the collections that keep their changes ({@link Schema#changes}), at least one; the others, and
     * collections that came meanwhile, are brought over at the end, when all that they hold is read again. What the
     * collections hold in changes, and the positions of those who follow them, are of the old place: in the new one they
     * begin anew.
     *
     * <p>{@link CopyProgress.Step#FOLLOWING} tells of each round. If the changes are forgotten before they are brought over,
     * all is compared again, three times at most in a row. A change of a followed collection's definition breaks the copy
     * off; it can be run again.
     *
     * @param end is asked after each round, on the thread that copies, whether it is enough; what it throws ends the copy
     */
    public CopyOptions followUntil(BooleanSupplier end) {
        return new CopyOptions(overwrite, Objects.requireNonNull(end, "end"), progress);
    }

    /** Returns the same options with another listener. */
    public CopyOptions withProgress(Consumer<? super CopyProgress> listener) {
        return new CopyOptions(overwrite, followUntil, listener);
    }
}
