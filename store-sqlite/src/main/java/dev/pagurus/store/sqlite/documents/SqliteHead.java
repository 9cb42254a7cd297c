package dev.pagurus.store.sqlite.documents;

import static dev.pagurus.store.sqlite.sql.SqliteNames.quoted;

import dev.pagurus.store.spi.CollectionDefinition;
import java.util.List;

/**
 * What the statement of a scan gives of each document; the values of the order's terms stand behind it.
 *
 * @param fields which fields; none means the whole document
 */
record SqliteHead(CollectionDefinition collection, List<String> fields) {

    private static final int COLUMNS_BEFORE_BODY = 3;

    boolean isOfDocuments() {
        return fields.isEmpty();
    }

    /**
     * Returns all columns but the last.
     *
     * @param of where from, with a dot; empty if that is clear
     */
    String columns(String of) {
        if (isOfDocuments()) {
            return of + "id, " + of + "version, " + of + "created_at";
        }
        StringBuilder columns = new StringBuilder();
        for (String field : fields) {
            columns.append(columns.isEmpty() ? "" : ", ").append(of + quoted(field));
        }
        return columns.toString();
    }

    /** Returns the last column, which is never null: where it is, the document does not match. */
    String last(String of) {
        return isOfDocuments() ? of + "body" : "1";
    }

    /** Returns which column is the last. */
    int width() {
        return (isOfDocuments() ? COLUMNS_BEFORE_BODY : fields.size()) + 1;
    }
}
