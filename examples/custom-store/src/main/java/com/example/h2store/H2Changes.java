package com.example.h2store;

import static com.example.h2store.H2Dialect.SQL;

import dev.pagurus.store.PositionLostException;
import dev.pagurus.store.spi.*;
import dev.pagurus.store.spi.jdbc.*;
import java.util.*;
import java.util.stream.Collectors;

/**
 * The log of changes, in the order of commits: whoever writes is alone, so a position is a number. Beside it are the newest
 * number that there was, since documents are shown as they are, and the version of each, which tell when an older backup was
 * restored; and the lives of the collections' feeds: a feed that is declared anew, or a collection made anew, begins another one.
 */
record H2Changes(JdbcSession session) {

    static final String TABLES = """
            create table if not exists changes (
                position bigint generated always as identity primary key, collection varchar not null,
                id varbinary not null, version bigint not null);
            create index if not exists changes_of on changes (collection, position);
            create table if not exists feeds (collection varchar primary key, life varchar not null, forgotten bigint not null);
            create table if not exists marks (at bigint primary key, position bigint not null);
            """;

    private static final String INSERT = "insert into changes (collection, id, version) ";

    /** A row of the log, such as that of the last change that a reader was shown. */
    private record Place(long position, long version) {
        static final Place START = new Place(0, 0);

        @Override
        public String toString() {
            return position + " " + version + " ";
        }
    }

    void add(CollectionDefinition collection, String id, long version) {
        connection().update(INSERT + "values (?, ?, ?)", collection.name(), SQL.bound(id), version);
    }

    /** Logs that what matches is about to be deleted. */
    void addAll(CollectionDefinition collection, Condition condition) {
        SqlFilter filter = new SqlFilter(SQL, collection, condition);
        List<Object> values = new ArrayList<>(List.of(collection.name()));
        values.addAll(Arrays.asList(filter.values()));
        connection().update(INSERT + "select ?, " + SQL.quoted("id") + ", " + SQL.quoted("version") + filter.from(),
                values.toArray());
    }

    /** Begins the life of a feed, goes on with the one that there is, or ends it. */
    void declare(CollectionDefinition wanted, boolean isNew) {
        boolean there = connection().first(row -> true, "select 1 from feeds where collection = ?", wanted.name()) != null;
        if (there && (isNew || wanted.retention() == null)) {
            forget(wanted.name());
            there = false;
        }
        if (!there && wanted.retention() != null) {
            connection().update("insert into feeds values (?, ?, 0)", wanted.name(), UUID.randomUUID().toString());
        }
    }

    void forget(String collection) {
        connection().update("delete from feeds where collection = ?", collection);
        connection().update("delete from changes where collection = ?", collection);
    }

    void rename(String collection, String newName) {
        forget(newName);
        connection().update("update feeds set collection = ? where collection = ?", newName, collection);
        connection().update("update changes set collection = ? where collection = ?", newName, collection);
    }

    /** Returns the position behind all that is there. */
    String end(List<CollectionDefinition> collections) {
        Place newest = newest(collections);
        return "" + newest + newest + lives(collections);
    }

    ChangeChunk read(ChangeScan scan) {
        String lives = lives(scan.collections());
        Place last = scan.after() == null ? Place.START : placeOf(scan, lives);
        Place newest = newest(scan.collections());
        String rows = "select position, collection, id, version from changes where " + named(scan.collections())
                + " and position > ? order by position" + SQL.first(scan.maxChanges() + 1);
        record Row(Place place, String collection, String id) {}
        List<Row> found = connection().list(
                row -> new Row(new Place(row.getLong(1), row.getLong(4)), row.getString(2),
                        (String) SQL.read(row, 3, FieldKind.TEXT)),
                rows, names(scan.collections(), last.position()));
        List<StoredChange> changes = new ArrayList<>();
        long bytes = 0;
        for (Row row : found) {
            if (changes.size() == scan.maxChanges() || bytes >= scan.maxBytes()) {
                return new ChangeChunk(changes, "" + last + newest + lives, false);
            }
            StoredDocument now = session.get(definition(scan.collections(), row.collection), List.of(row.id)).stream()
                    .findFirst().orElse(null);
            bytes += now == null ? 0 : now.body().length();
            changes.add(new StoredChange(row.collection, row.id, row.place.version(), now));
            last = row.place;
        }
        return new ChangeChunk(changes, "" + last + newest + lives, true);
    }

    /** Returns the place that a position tells of, if the log still has all that comes behind it. */
    private Place placeOf(ChangeScan scan, String lives) {
        String[] parts = scan.after().split(" ", 5);
        Place place = new Place(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
        Place newest = new Place(Long.parseLong(parts[2]), Long.parseLong(parts[3]));
        if (!parts[4].equals(lives)) {
            throw lost("is of another store, or of a time before the feed or a collection of it was made anew");
        }
        long forgotten = 0;
        for (CollectionDefinition collection : scan.collections()) {
            long last = number("select forgotten from feeds where collection = ?", collection.name());
            if (last > place.position()) {
                throw lost("has expired: changes of collection '" + collection.name() + "' behind it are older than the"
                        + " retention of " + collection.retention() + ", and forgotten");
            }
            forgotten = Math.max(forgotten, last);
        }
        if (isGone(place, forgotten) || isGone(newest, forgotten)) {
            throw lost("is of a history that is gone, as after an older backup was restored");
        }
        return place;
    }

    /** Says whether the log does not have a change, and has not merely forgotten it: the newest ones it never forgets. */
    private boolean isGone(Place place, long forgotten) {
        Long version = number("select version from changes where position = ?", place.position());
        return version == null ? place.position() > forgotten : version != place.version();
    }

    private PositionLostException lost(String how) {
        return new PositionLostException("The position " + how + " (" + connection().config().redactedUrl()
                + "). Start anew, usually with the state: feed.startWithState().");
    }

    private Place newest(List<CollectionDefinition> collections) {
        Place newest = connection().first(
                row -> new Place(row.getLong(1), row.getLong(2)),
                "select position, version from changes where " + named(collections) + " order by position desc" + SQL.first(1),
                names(collections));
        return newest == null ? Place.START : newest;
    }

    /** Returns the lives of feeds, in the order of the collections; refuses one of another revision. */
    private String lives(List<CollectionDefinition> collections) {
        return collections.stream().map(collection -> {
            CollectionDefinition stored = session.definition(collection.name());
            if (stored == null || stored.revision() != collection.revision()) {
                throw stored == null ? SchemaChange.gone(collection) : SchemaChange.outdated(collection);
            }
            return connection().first(row -> row.getString(1), "select life from feeds where collection = ?", collection.name());
        }).collect(Collectors.joining(","));
    }

    private static CollectionDefinition definition(List<CollectionDefinition> collections, String name) {
        return collections.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    private static String named(List<CollectionDefinition> collections) {
        return "collection in (?" + ", ?".repeat(collections.size() - 1) + ")";
    }

    private static Object[] names(List<CollectionDefinition> collections, Object... more) {
        List<Object> all = new ArrayList<>(collections.stream().map(CollectionDefinition::name).toList());
        all.addAll(Arrays.asList(more));
        return all.toArray();
    }

    private Long number(String sql, Object... values) {
        return connection().first(row -> (Long) row.getObject(1), sql, values);
    }

    private JdbcConnection connection() {
        return session.connection();
    }
}
