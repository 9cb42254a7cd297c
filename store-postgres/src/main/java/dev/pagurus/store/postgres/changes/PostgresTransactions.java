package dev.pagurus.store.postgres.changes;

import java.util.ArrayList;
import java.util.List;

/**
 * Which transactions a state shows: all before a number, but for some that had not ended.
 *
 * @param next the first of those that it does not show
 * @param open those before that it does not show either, in their order
 */
record PostgresTransactions(long next, List<Long> open) {

    /** Before everything. */
    static final PostgresTransactions NONE = new PostgresTransactions(0, List.of());

    /** So many fit into a position. A server with as many writers shows some changes again. */
    private static final int MOST = 600;

    private static final int RADIX = 36;

    PostgresTransactions {
        open = List.copyOf(open);
    }

    /** Reads what {@code pg_current_snapshot()} says: {@code xmin:xmax:xip}. */
    static PostgresTransactions ofServer(String snapshot) {
        String[] parts = snapshot.split(":", -1);
        List<Long> open = new ArrayList<>();
        for (String one : parts[2].split(",", -1)) {
            if (!one.isEmpty()) {
                open.add(Long.parseLong(one));
            }
        }
        return new PostgresTransactions(Long.parseLong(parts[1]), open);
    }

    /**
     * Returns the same up to a number, for a state in which all from there on have changed nothing, or not yet.
     *
     * <p>Numbers beyond what the log shows are not kept. Those of transactions that were undone are used again after a crash,
     * if nothing of them had got to the disk: a position that took them for ended would miss what they write then. What the
     * log shows was committed, and is never used again.
     */
    PostgresTransactions before(long end) {
        long cut = Math.min(end, next);
        List<Long> left = open.stream().filter(one -> one < cut).toList();
        return left.size() <= MOST
                ? new PostgresTransactions(cut, left)
                : new PostgresTransactions(left.get(MOST), left.subList(0, MOST));
    }

    boolean hasOpenBefore(long from, long end) {
        return open.stream().anyMatch(one -> one >= from && one < end);
    }

    String[] openTexts() {
        return open.stream().map(String::valueOf).toArray(String[]::new);
    }

    /** Returns it as a text: the open ones by how far they are before the next. */
    String text() {
        StringBuilder text = new StringBuilder(Long.toString(next, RADIX));
        open.forEach(one -> text.append(',').append(Long.toString(next - one, RADIX)));
        return text.toString();
    }

    static PostgresTransactions parse(String text) {
        String[] parts = text.split(",", -1);
        long next = Long.parseLong(parts[0], RADIX);
        List<Long> open = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            open.add(next - Long.parseLong(parts[i], RADIX));
        }
        return new PostgresTransactions(next, open);
    }
}
