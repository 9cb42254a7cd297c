package dev.pagurus.examples.jobs;

/** The job is no longer this worker's: its lease was over and another one has it, or somebody cancelled it. Nothing was changed. */
public final class LeaseLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LeaseLostException(String id) {
        super("Job '" + id
                + "' is no longer this worker's: its lease ran out and it was handed to another one, or it was"
                + " cancelled. Nothing was changed; leave it alone.");
    }
}
