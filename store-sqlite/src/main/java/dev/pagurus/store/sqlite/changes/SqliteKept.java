package dev.pagurus.store.sqlite.changes;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.SchemaChange;
import dev.pagurus.store.sqlite.connect.Sql;
import dev.pagurus.store.sqlite.connect.SqliteConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is known now of the changes of some collections.
 *
 * @param feeds one for each collection, in the given order
 */
record SqliteKept(List<Feed> feeds) {

    private static final String QUERY = """
            select c.name, c.revision, f.feed, f.life,
                   f.forgotten, f.forgotten_tag, n.position, n.tag
            from pagurus_collections c
            left join pagurus_feeds f on f.collection = c.name
            left join pagurus_changes n on n.feed = f.feed
                and n.position = (select max(position) from pagurus_changes where feed = f.feed)
            where c.name in\s""";

    /** A change that is in the log, or was; one at 0 is none. */
    private record Known(long at, int tag) {

        SqlitePosition position(long lives) {
            return new SqlitePosition(lives, at, at, tag);
        }
    }

    /**
     * The changes of a collection.
     *
     * @param number by which they are found in the log
     * @param lastForgotten the last one that is not known any more
     * @param newest the last one
     */
    record Feed(CollectionDefinition collection, long number, long life, Known lastForgotten, Known newest) {

        long forgotten() {
            return lastForgotten.at();
        }
    }

    /**
     * Reads it, in one statement.
     *
     * @throws dev.pagurus.store.SchemaException if a collection has another revision, or is gone
     */
    static SqliteKept of(SqliteConnection connection, List<CollectionDefinition> collections) throws SQLException {
        Map<String, CollectionDefinition> wanted = new HashMap<>();
        collections.forEach(one -> wanted.put(one.name(), one));
        Sql sql = new Sql()
                .append(QUERY)
                .bindAll(collections.stream().map(CollectionDefinition::name).toList());
        Map<String, Feed> found = new HashMap<>();
        try (ResultSet row = connection.query(sql.text(), sql.values())) {
            while (row.next()) {
                CollectionDefinition collection = wanted.get(row.getString(1));
                if (collection != null) {
                    found.put(collection.name(), feed(row, collection));
                }
            }
        }
        List<Feed> feeds = new ArrayList<>(collections.size());
        for (CollectionDefinition collection : collections) {
            Feed feed = found.get(collection.name());
            if (feed == null) {
                throw SchemaChange.gone(collection);
            }
            feeds.add(feed);
        }
        return new SqliteKept(feeds);
    }

    private static Feed feed(ResultSet row, CollectionDefinition collection) throws SQLException {
        long number = row.getLong(3);
        if (row.wasNull() || row.getInt(2) != collection.revision()) {
            throw SchemaChange.outdated(collection);
        }
        return new Feed(
                collection,
                number,
                row.getLong(4),
                new Known(row.getLong(5), row.getInt(6)),
                new Known(row.getLong(7), row.getInt(8)));
    }

    /** Returns the lives in one number, which is another one as soon as one of them is. */
    long lives() {
        return feeds.stream().mapToLong(Feed::life).sum();
    }

    /** Says whether a position is behind the last change that a collection has forgotten, and nothing else. */
    boolean isBehindTheForgotten(SqlitePosition position) {
        return feeds.stream()
                .anyMatch(feed -> feed.lastForgotten().position(lives()).equals(position));
    }

    /** Returns the position behind the newest change. */
    SqlitePosition end() {
        Known newest = feeds.get(0).newest();
        for (Feed feed : feeds) {
            newest = feed.newest().at() > newest.at() ? feed.newest() : newest;
        }
        return newest.position(lives());
    }

    String names() {
        return feeds.stream().map(feed -> "'" + feed.collection().name() + "'").collect(Collectors.joining(", "));
    }
}
