package dev.pagurus.store.tck.report;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Writes the report while the kit runs, once a second if there is something new: a kit that is killed, stopped by hand or
 * hangs leaves one, which says that it is unfinished.
 */
public final class RunningReport implements AutoCloseable {

    private static final int PAUSE_SECONDS = 1;

    private final ContractReport report;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread writer = new Thread(this::run, "kit-report");

    private RunningReport(ContractReport report) {
        this.report = report;
    }

    public static RunningReport of(ContractReport report) {
        RunningReport running = new RunningReport(report);
        running.writer.setDaemon(true);
        running.writer.start();
        return running;
    }

    private void run() {
        try {
            while (!closed.await(PAUSE_SECONDS, TimeUnit.SECONDS)) {
                try {
                    report.writeSoFar();
                } catch (IOException e) {
                    // The next one may succeed, and the last one says why if it does not.
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it, and waits until nothing is written any more. */
    @Override
    public void close() {
        closed.countDown();
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
