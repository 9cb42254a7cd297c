package dev.pagurus.examples.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/**
 * What happens on Ctrl-C and SIGTERM: the command is interrupted, so that it leaves things as it should and says what has
 * become of them. A process that is killed leaves no more than a mark in the target.
 */
final class Stopping implements Runnable {

    private static final long LONGEST_SECONDS = 10;

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Thread working;

    /** Runs a command, once its arguments are read and its help was not asked for. */
    int run(ParseResult parsed) {
        working = Thread.currentThread();
        return new CommandLine.RunLast().execute(parsed);
    }

    /** Says whether a failure comes of it: nobody else interrupts here. */
    static boolean isStop(Throwable failure) {
        return Thread.currentThread().isInterrupted() || Failure.cause(failure, InterruptedException.class) != null;
    }

    /** Says that all is done and said. */
    void ended() {
        ended.countDown();
    }

    /** Runs when the JVM stops, for whatever reason. */
    @Override
    public void run() {
        Thread thread = working;
        if (thread == null) {
            return;
        }
        try {
            if (ended.getCount() > 0) {
                thread.interrupt();
                ended.await(LONGEST_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
