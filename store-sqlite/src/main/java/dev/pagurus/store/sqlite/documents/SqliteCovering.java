package dev.pagurus.store.sqlite.documents;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.IndexPath;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.Sort;
import dev.pagurus.store.sqlite.sql.SqliteNames;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which indexes hold all that a scan and its fields name, so that no document is looked up. */
final class SqliteCovering {

    private static final List<String> BY_ID = List.of("id");

    private final CollectionDefinition collection;
    private final Set<String> named;

    /**
     * Asks for some fields.
     *
     * @param fields at least one: no index holds documents
     */
    SqliteCovering(Scan scan, List<String> fields) {
        this.collection = scan.collection();
        this.named = scan.fields();
        named.removeIf(field -> collection.kind(field).isMany() && !isRead(field, scan.filter()));
        named.addAll(fields);
        @Nullable String expiry = collection.expiry();
        if (expiry != null) {
            named.add(expiry);
        }
    }

    /** An index over a many-field is asked by the id, which every index has; whether there is any value, or one with a beginning, the document knows. */
    private boolean isRead(String many, Condition filter) {
        if (filter instanceof Condition.And and) {
            return and.conditions().stream().anyMatch(one -> isRead(many, one));
        }
        if (filter instanceof Condition.Or or) {
            return or.conditions().stream().anyMatch(one -> isRead(many, one));
        }
        return SqliteNames.manyIndex(collection, many) == null
                || (filter instanceof Condition.ContainsPrefix begun
                        && begun.field().equals(many))
                || (filter instanceof Condition.ContainsNoPrefix begun
                        && begun.field().equals(many))
                || (filter instanceof Condition.IsEmpty isEmpty
                        && isEmpty.field().equals(many))
                || (filter instanceof Condition.IsNotEmpty isNotEmpty
                        && isNotEmpty.field().equals(many));
    }

    /** Says whether an index does; null is the one over the id. */
    boolean has(@Nullable IndexDefinition index) {
        return !isOfMany(index) && columns(index).containsAll(named);
    }

    /**
     * Returns what leads to the same documents along an index that does; null if none does.
     *
     * @param way null for the whole table
     */
    IndexPath.@Nullable Stretch along(@Nullable IndexPath way) {
        if (way == null) {
            return beginning(List.of(), List.of());
        }
        if (!(way instanceof IndexPath.Stretch stretch)) {
            return null;
        }
        if (has(stretch.index())) {
            return stretch;
        }
        List<String> led = columns(stretch.index()).stream()
                .takeWhile(column -> stretch.bounds().stream().anyMatch(bound -> SqliteMatches.isOf(bound, column)))
                .toList();
        return beginning(led, stretch.bounds());
    }

    private IndexPath.@Nullable Stretch beginning(List<String> columns, List<Condition> bounds) {
        for (IndexDefinition index : collection.indexes()) {
            List<String> all = columns(index);
            if (has(index)
                    && all.size() >= columns.size()
                    && all.subList(0, columns.size()).equals(columns)) {
                return new IndexPath.Stretch(index, bounds);
            }
        }
        return null;
    }

    private boolean isOfMany(@Nullable IndexDefinition index) {
        return index != null && collection.kind(index.terms().get(0).field()).isMany();
    }

    private static List<String> columns(@Nullable IndexDefinition index) {
        return index == null ? BY_ID : index.columns().stream().map(Sort::field).toList();
    }
}
