package dev.pagurus.store.postgres.changes;

import dev.pagurus.store.postgres.connect.Sql;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of the last transactions of the log were committed. What was committed stays so, unless the server goes on from an older
 * state, in which one of them may have been open: then it counts as undone there, also where all that is newer in the log had
 * been committed before, and is there still.
 *
 * @param server when the server was started that said so; while it runs, no other state can have come
 * @param newest the last transaction
 * @param bits by how many each is before the last one, as a bit: in base64, for SQL to read as well
 */
record PostgresCommitted(long server, long newest, String bits) {

    /** Asks when the server was started, in microseconds. */
    static final String SERVER = "(extract(epoch from pg_postmaster_start_time()) * 1000000)::bigint";

    /** The last number of a transaction that is sure to be given out. */
    private static final String GIVEN_OUT = "pg_snapshot_xmax(pg_current_snapshot())::text::bigint - 1";

    /** So many rows of the log are looked at. */
    private static final int ROWS = 512;

    /** So far before the last one. */
    private static final int REACH = 1_024;

    private static final int RADIX = 36;

    /** Adds a row of kind 4 to those asked for, with the last transactions, where the very last is not the one that is known. */
    static void askForNewer(Sql sql, String log, @Nullable PostgresCommitted known) {
        String last = " order by tx desc, seq desc limit ";
        sql.append(" union all select 4, 0, string_agg(tx::text, ','), null, null, null from (select distinct tx from"
                        + " (select tx from " + log + " where (select tx from " + log + last + "1) <> ")
                .bind(Long.toString(known == null ? 0 : known.newest()))
                .append("::text::xid8" + last + ROWS + ") newest) each");
    }

    /**
     * Adds a row of kind 5, which counts those that are not committed; the server may have forgotten of old ones. It fails if
     * asked of one that is not given out yet, in whose place it is asked of the last one that is.
     */
    void askForUndone(Sql sql) {
        sql.append(" union all select 5, count(*), null, null, null, null from generate_series(0, " + (REACH - 1)
                        + ") as before where " + SERVER + " <> ")
                .bind(server)
                .append("::bigint and get_bit(decode(")
                .bind(bits)
                .append("::text, 'base64'), before) = 1 and (")
                .bind(newest)
                .append("::bigint - before > " + GIVEN_OUT + " or pg_xact_status(least(")
                .bind(newest)
                .append("::bigint - before, " + GIVEN_OUT + ")::text::xid8) <> 'committed')");
    }

    /** Returns those that an answer tells of. */
    static PostgresCommitted of(long server, String transactions) {
        List<Long> all =
                Arrays.stream(transactions.split(",", -1)).map(Long::valueOf).toList();
        return new PostgresCommitted(
                        server, all.stream().mapToLong(one -> one).max().orElse(0), "")
                .and(server, all);
    }

    /** Returns the same with some more, which a server has shown that knows of all these. */
    PostgresCommitted and(long its, List<Long> more) {
        BitSet all = BitSet.valueOf(Base64.getDecoder().decode(bits));
        for (long one : more) {
            long before = newest - one;
            if (before >= 0 && before < REACH) {
                all.set((int) before);
            }
        }
        byte[] bytes = Arrays.copyOf(all.toByteArray(), REACH / Byte.SIZE);
        return new PostgresCommitted(its, newest, Base64.getEncoder().encodeToString(bytes));
    }

    String text() {
        return Long.toString(server, RADIX) + "," + Long.toString(newest, RADIX) + "," + bits;
    }

    static PostgresCommitted parse(String text) {
        String[] parts = text.split(",", -1);
        byte[] bytes = Base64.getDecoder().decode(parts[2]);
        if (bytes.length != REACH / Byte.SIZE) {
            throw new NumberFormatException("There are " + bytes.length + " bytes.");
        }
        return new PostgresCommitted(Long.parseLong(parts[0], RADIX), Long.parseLong(parts[1], RADIX), parts[2]);
    }
}
