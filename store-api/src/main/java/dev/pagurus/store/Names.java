package dev.pagurus.store;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The names of collections and fields: plain enough to be table and column names on every engine as they stand. */
final class Names {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    /** Ours, and the system columns of SQLite and PostgreSQL, which cannot be column names or would be shadowed. */
    private static final Set<String> RESERVED_COLUMNS = Set.of(
            "id", "version", "created_at", "body", "rowid", "oid", "ctid", "xmin", "xmax", "cmin", "cmax", "tableoid");

    /** What SQLite calls the function that takes a many-field's values apart: a table of that name would be in its way. */
    private static final String RESERVED_TABLE = "json_each";

    private Names() {}

    static String checkCollection(@Nullable String given) {
        String name = check("collection", given);
        for (String prefix : new String[] {"sqlite_", "pg_", "pagurus_"}) {
            if (name.startsWith(prefix)) {
                throw new SchemaException("The collection name '" + name + "' is not allowed: names that start with '"
                        + prefix + "' belong to the engine or to Pagurus.");
            }
        }
        if (name.equals(RESERVED_TABLE)) {
            throw new SchemaException("The collection name '" + name + "' is not allowed: an engine has a function of"
                    + " that name, which the table would hide. Choose another name.");
        }
        return name;
    }

    static String checkField(@Nullable String given) {
        String name = check("field", given);
        if (RESERVED_COLUMNS.contains(name)) {
            throw new SchemaException("The field name '" + name + "' is not allowed: it is a column of every collection"
                    + " or of the engine. Choose another name.");
        }
        return name;
    }

    private static String check(String what, @Nullable String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new SchemaException("The " + what + " name " + quoted(name) + " is not allowed: a name is 1 to 40 of"
                    + " a-z, 0-9 and _, and starts with a letter.");
        }
        return name;
    }

    /** What was given may be anything, and long: only its beginning is shown, without control characters. */
    private static String quoted(@Nullable String name) {
        if (name == null) {
            return "null";
        }
        String shown = name.length() > 60 ? name.substring(0, 60) + "..." : name;
        return "'" + shown.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?") + "'";
    }
}
