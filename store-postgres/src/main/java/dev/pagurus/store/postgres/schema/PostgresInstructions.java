package dev.pagurus.store.postgres.schema;

import static dev.pagurus.store.postgres.sql.PostgresNames.quoted;

import dev.pagurus.store.postgres.sql.PostgresNames;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an administrator must run for an application that may not, or shall not, create our own tables. */
public final class PostgresInstructions {

    /** Texts, quoted names and bodies of functions, which stay as they are; comments and white space, which do not. */
    private static final Pattern PARTS =
            Pattern.compile("'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|(\\$\\w*\\$).*?\\1|(?:--[^\\n]*|\\s)+", Pattern.DOTALL);

    private final String shown;
    private final PostgresNames names;

    public PostgresInstructions(String shown, PostgresNames names) {
        this.shown = shown;
        this.names = names;
    }

    /**
     * Returns a script.
     *
     * @param steps what is missing
     * @param user the application's, which needs rights to what the administrator makes
     */
    public String sql(List<String> steps, String user) {
        String to = " to " + quoted(user) + ";\n";
        return "begin;\n\n" + String.join("", steps)
                + "grant usage, create on schema " + quoted(names.schema()) + to
                + "grant select on " + names.qualified("pagurus_migrations") + to
                + "grant select, insert, update, delete on " + names.qualified("pagurus_collections") + ", "
                + names.qualified("pagurus_fields") + ", " + names.qualified("pagurus_indexes") + ", "
                + names.qualified("pagurus_changes") + ", " + names.qualified("pagurus_feeds") + ", "
                + names.qualified("pagurus_change_marks") + to + "\ncommit;\n";
    }

    /**
     * Returns a message.
     *
     * @param why continues "The database x"
     */
    String message(String why, String sql) {
        return "The database " + shown + " " + why
                + ". Nothing was changed. Let an administrator run this SQL (the right"
                + " to create is for the tables of collections), and start again: " + inOneLine(sql);
    }

    /** A message has no lines. */
    public static String inOneLine(String sql) {
        return PARTS.matcher(sql)
                .replaceAll(part -> Matcher.quoteReplacement(
                        part.group().isBlank() || part.group().strip().startsWith("--") ? " " : part.group()));
    }
}
