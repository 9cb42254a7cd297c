package dev.pagurus.store.postgres.changes;

/**
 * A row of the log that a position tells of, so that a store which was set back to an older state is known by it.
 *
 * @param tx the transaction
 * @param seq the number within it
 * @param version the version that it names
 * @param life the beginning of the life of its collection
 */
record PostgresLogged(long tx, long seq, long version, String life) {

    private static final int RADIX = 36;
    private static final int TAG = 6;

    static String tag(String life) {
        return life.substring(0, Math.min(TAG, life.length()));
    }

    String text() {
        return Long.toString(tx, RADIX) + "," + Long.toString(seq, RADIX) + "," + Long.toString(version, RADIX) + ","
                + life;
    }

    static PostgresLogged parse(String text) {
        String[] parts = text.split(",", -1);
        return new PostgresLogged(
                Long.parseLong(parts[0], RADIX),
                Long.parseLong(parts[1], RADIX),
                Long.parseLong(parts[2], RADIX),
                parts[3]);
    }
}
