package dev.pagurus.examples.benchmarks;

import java.util.Locale;

/** What an application could store its documents with. Public, as JMH sets it. */
public enum Library {
    PAGURUS,
    /** The same, where the collection keeps its changes. */
    FEED,
    /** The same, while a snapshot is open. */
    HELD,
    /** The baseline. */
    JDBC,
    /** One thread of the baseline that does as many writes at a time as others have threads: what joining could reach. */
    LIMIT,
    HIBERNATE,
    JDBI,
    NITRITE;

    /** Opens it, and makes its tables if they are not there. */
    Side open(Place place) {
        return switch (this) {
            case PAGURUS -> new PagurusSide(place, Item.SCHEMA);
            case FEED -> new PagurusSide(place, Item.WITH_CHANGES);
            case HELD -> PagurusSide.withSnapshot(place);
            case JDBC, LIMIT -> new JdbcSide(place);
            case HIBERNATE -> new HibernateSide(place);
            case JDBI -> new JdbiSide(place);
            case NITRITE -> new NitriteSide(place);
        };
    }

    boolean runsOn(Engine engine) {
        // It brings files of its own, and is held against the other one that does.
        return this != NITRITE || engine == Engine.SQLITE;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
