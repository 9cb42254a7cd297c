package dev.pagurus.store.internal.watch;

import dev.pagurus.store.StoreCall;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import jdk.jfr.Timespan;
import jdk.jfr.Timestamp;
import org.jspecify.annotations.Nullable;

/**
 * A call as the Flight Recorder keeps it. The recorder reads the fields, and has the methods of {@link Event} do nothing while
 * nothing is recorded.
 */
@Name("dev.pagurus.StoreCall")
@Label("Store Call")
@Category("Pagurus")
@Description("A call of a store, without any value")
@StackTrace(false)
@Threshold("20 ms") // as the JDK has it for files and sockets; a recording may ask for all
@SuppressWarnings("unused") // what is read is read by the recorder
final class Recording extends Event {

    /** Never recorded; to ask whether anything is. */
    private static final Recording ANY = new Recording();

    @Label("Operation")
    @Nullable
    String operation;

    @Label("Collection")
    @Nullable
    String collection;

    @Label("Shape")
    @Description("What the query asks, with ? in place of each value")
    @Nullable
    String shape;

    @Label("Within")
    @Description("The operation that it was made in")
    @Nullable
    String within;

    @Label("Queued")
    @Description("How long it waited for others")
    @Timespan
    long queued;

    @Label("Engine")
    @Description("How long it was in the engine")
    @Timespan
    long engine;

    @Label("Rows")
    long rows;

    @Label("Repetitions")
    int repetitions;

    @Label("Joined")
    @Description("How many calls of other threads were made in one step with it")
    int joined;

    @Label("Behind Since")
    @Description("When the oldest change of a page was written")
    @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
    long behindSince;

    @Label("Failure")
    @Nullable
    String failure;

    static boolean isOn() {
        return ANY.isEnabled();
    }

    static @Nullable Recording started() {
        if (!isOn()) {
            return null;
        }
        Recording recording = new Recording();
        recording.begin();
        return recording;
    }

    void keep(StoreCall call) {
        end();
        if (!shouldCommit()) {
            return;
        }
        operation = call.operation();
        collection = call.collection();
        shape = call.shape();
        within = call.within();
        queued = call.queued().toNanos();
        engine = call.engine().toNanos();
        rows = call.rows();
        repetitions = call.repetitions();
        joined = call.joined();
        behindSince =
                call.behindSince() == null ? Long.MIN_VALUE : call.behindSince().toEpochMilli();
        failure = call.failure();
        commit();
    }
}
