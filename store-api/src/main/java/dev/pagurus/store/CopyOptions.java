package dev.pagurus.store;

import java.util.Objects;
import java.util.function.Consumer;

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
 * @param progress is told now and then how far it is, on the thread that copies; what it throws ends the copy
 */
public record CopyOptions(boolean overwrite, Consumer<? super CopyProgress> progress) {

    /** Overwrites nothing, and tells nobody but the log. */
    public static final CopyOptions DEFAULT = new CopyOptions(false, progress -> {});

    /** Refuses null. */
    public CopyOptions {
        Objects.requireNonNull(progress, "progress");
    }

    /** Returns the same options, but that what the target holds is overwritten. */
    public CopyOptions withOverwrite() {
        return new CopyOptions(true, progress);
    }

    /** Returns the same options with another listener. */
    public CopyOptions withProgress(Consumer<? super CopyProgress> listener) {
        return new CopyOptions(overwrite, listener);
    }
}
