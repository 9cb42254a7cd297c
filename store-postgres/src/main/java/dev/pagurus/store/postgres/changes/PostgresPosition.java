package dev.pagurus.store.postgres.changes;

import dev.pagurus.store.PositionLostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a reader is: which transactions it has seen. A number would not do, for transactions end in another order than they
 * begin, and whoever waited for the oldest would stall behind it.
 *
 * <p>What is new comes in batches, each what one state shows and the last one did not, in order of transaction and of number
 * within it. That is the order in which changes came about, as far as anybody could see: every transaction of ours sees the
 * state of its first statement, and gets its number after that, with its first write. So who saw what another one wrote, or
 * wrote over it, has a greater number than that one, and is in no earlier batch, for the other had committed before.
 *
 * @param lives a digest of the lives of the feed's collections
 * @param base what was shown before this batch
 * @param batch what this batch shows, and where in it the reader is; null if the base is all that it knows
 * @param newest the last rows of the log, of whichever collection
 * @param late the last rows that came after others of later transactions, one of each of theirs
 * @param committed the last transactions of the log; null if it was empty
 */
record PostgresPosition(
        String lives,
        PostgresTransactions base,
        @Nullable Batch batch,
        List<PostgresLogged> newest,
        List<PostgresLogged> late,
        @Nullable PostgresCommitted committed) {

    private static final String FORMAT = "p1";
    private static final int PARTS = 10;
    private static final int RADIX = 36;

    /**
     * A state, and the last change of it that was shown.
     *
     * @param highest the greatest number of those that were shown; {@link #ALL} if one was shown as newer than the log has it
     */
    record Batch(PostgresTransactions shows, long tx, long seq, long highest) {

        static final long ALL = Long.MAX_VALUE;
    }

    PostgresPosition {
        newest = List.copyOf(newest);
        late = List.copyOf(late);
    }

    /** Returns the rows that must still be there. */
    List<PostgresLogged> evidence() {
        return Stream.concat(newest.stream(), late.stream()).distinct().toList();
    }

    /** Says whether it knows transactions that a store with this state has not come to. */
    boolean isAhead(PostgresTransactions current) {
        return base.next() > current.next() || (batch != null && batch.shows().next() > current.next());
    }

    /** Says whether something behind it may be gone, where all before a transaction may be. */
    boolean isBefore(long forgotten) {
        long from = batch == null ? 0 : batch.tx();
        return Math.max(base.next(), from) < forgotten || base.hasOpenBefore(from, forgotten);
    }

    String text() {
        return String.join(
                " ",
                FORMAT,
                lives,
                base.text(),
                batch == null ? "-" : batch.shows().text(),
                batch == null ? "-" : Long.toString(batch.tx(), RADIX),
                batch == null ? "-" : Long.toString(batch.seq(), RADIX),
                batch == null ? "-" : Long.toString(batch.highest(), RADIX),
                text(newest),
                text(late),
                committed == null ? "-" : committed.text());
    }

    static PostgresPosition parse(String text) {
        try {
            String[] parts = text.split(" ", -1);
            if (parts.length == PARTS && parts[0].equals(FORMAT)) {
                Batch batch = parts[3].equals("-")
                        ? null
                        : new Batch(
                                PostgresTransactions.parse(parts[3]),
                                Long.parseLong(parts[4], RADIX),
                                Long.parseLong(parts[5], RADIX),
                                Long.parseLong(parts[6], RADIX));
                return new PostgresPosition(
                        parts[1],
                        PostgresTransactions.parse(parts[2]),
                        batch,
                        logged(parts[7]),
                        logged(parts[8]),
                        parts[9].equals("-") ? null : PostgresCommitted.parse(parts[9]));
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw foreign(e);
        }
        throw foreign(null);
    }

    private static PositionLostException foreign(@Nullable Throwable cause) {
        return new PositionLostException(
                "The position was made by another store, as before a copy or an import, or by a newer release. Start anew,"
                        + " usually with the state: feed.startWithState().",
                cause);
    }

    private static String text(List<PostgresLogged> rows) {
        return rows.stream().map(PostgresLogged::text).collect(Collectors.joining(";"));
    }

    private static List<PostgresLogged> logged(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(";", -1)).map(PostgresLogged::parse).toList();
    }
}
