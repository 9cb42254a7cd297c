package dev.pagurus.store.sqlite;

import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.CopyProgress;
import dev.pagurus.store.CopyResult;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A program that copies when it is told to, tells how far it is, and may be killed any time. */
final class MortalCopier {

    private MortalCopier() {}

    /** Takes the URLs of the source and the target. */
    public static void main(String[] arguments) throws IOException {
        Parent.hear();
        Parent.tell(outcome(arguments[0], arguments[1]));
    }

    /** Copies, and says what became of it in a line. */
    static String outcome(String source, String target) {
        CopyOptions telling = CopyOptions.DEFAULT.withProgress(progress -> {
            try {
                Parent.tell(progress.step() + " " + progress.documents());
                if (progress.step() == CopyProgress.Step.COMPARING) {
                    // It must not be over before its killer comes.
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try {
            CopyResult copied = Stores.copy(StoreConfig.of(source), StoreConfig.of(target), telling);
            return "copied: " + copied.documents();
        } catch (StoreException e) {
            return "failed: " + e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }
}
