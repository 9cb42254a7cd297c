package dev.pagurus.store.postgres;

import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.CopyProgress;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A copy in a process of its own, which says how far it is and may be killed. */
final class MovingProgram {

    private MovingProgram() {}

    /**
     * Runs it.
     *
     * @param arguments the URLs of the source and the target, and whether to follow the source without an end
     */
    public static void main(String[] arguments) {
        CopyOptions options = arguments.length > 2 ? CopyOptions.DEFAULT.followUntil(() -> false) : CopyOptions.DEFAULT;
        Stores.copy(StoreConfig.of(arguments[0]), StoreConfig.of(arguments[1]), options.withProgress(progress -> {
            System.out.println(progress.step() + " " + progress.documents());
            System.out.flush();
            if (progress.step() == CopyProgress.Step.COMPARING) {
                // It must not be over before its killer comes.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }));
    }
}
