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

    /**
     * How long a text may be: the open ones take one to three characters each as a rule, so thousands fit. A server with more
     * that have written and are open shows some changes again.
     */
    private static final int MOST = 4_000;

    private static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";

    /** A digit holds so much, and half of the digits say that more follow. */
    private static final int HALF = 32;

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
        int fitting = fitting(left);
        return fitting == left.size()
                ? new PostgresTransactions(cut, left)
                : new PostgresTransactions(left.get(fitting), left.subList(0, fitting));
    }

    private static int fitting(List<Long> open) {
        long last = 0;
        int length = 0;
        for (int i = 0; i < open.size(); i++) {
            for (long rest = open.get(i) - last; rest > 0; rest /= HALF) {
                length++;
            }
            if (length > MOST) {
                return i;
            }
            last = open.get(i);
        }
        return open.size();
    }

    boolean hasOpenBefore(long from, long end) {
        return open.stream().anyMatch(one -> one >= from && one < end);
    }

    String[] openTexts() {
        return open.stream().map(String::valueOf).toArray(String[]::new);
    }

    /** Returns it as a text: the open ones by how far each is behind the one before. */
    String text() {
        StringBuilder text = new StringBuilder(Long.toString(next, RADIX));
        long last = 0;
        for (long one : open) {
            text.append(last == 0 ? "," : "");
            long rest = one - last;
            for (; rest >= HALF; rest /= HALF) {
                text.append(DIGITS.charAt((int) (rest % HALF) + HALF));
            }
            text.append(DIGITS.charAt((int) rest));
            last = one;
        }
        return text.toString();
    }

    static PostgresTransactions parse(String text) {
        int comma = text.indexOf(',');
        String digits = comma < 0 ? "" : text.substring(comma + 1);
        List<Long> open = new ArrayList<>();
        long last = 0;
        long factor = 1;
        for (int i = 0; i < digits.length(); i++) {
            int digit = DIGITS.indexOf(digits.charAt(i));
            if (digit < 0) {
                throw new NumberFormatException("There is no digit " + digits.charAt(i) + ".");
            }
            last += digit % HALF * factor;
            factor *= HALF;
            if (digit < HALF) {
                open.add(last);
                factor = 1;
            }
        }
        return new PostgresTransactions(Long.parseLong(comma < 0 ? text : text.substring(0, comma), RADIX), open);
    }
}
