package dev.pagurus.store.postgres.schema;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The sets of texts of many rows in a statement that updates them. Each travels as one text, since arrays of arrays would
 * have to be of one length, and is cut at a text that none of them has. A cast would take it as PostgreSQL writes an array,
 * but a cast is only stable, and Citus takes no stable function of a row's columns in an update.
 */
final class PostgresSets {

    /** Begins what they are cut at, and is nowhere else in it: so no end of it is a beginning of it, with others before. */
    private static final String BEGINNING = "\u0001";

    private final String separator;

    /** Finds what all the sets of some columns can be cut at. */
    PostgresSets(List<@Nullable Object[]> columns) {
        List<String> texts = columns.stream()
                .flatMap(Arrays::stream)
                .filter(Objects::nonNull)
                .flatMap(set -> ((List<?>) set).stream())
                .map(String::valueOf)
                .toList();
        this.separator = separator(texts);
    }

    private static String separator(Collection<String> texts) {
        String separator = BEGINNING;
        while (isInOne(separator, texts)) {
            separator = BEGINNING
                    + Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), Character.MAX_RADIX);
        }
        return separator;
    }

    private static boolean isInOne(String part, Collection<String> texts) {
        return texts.stream().anyMatch(text -> text.contains(part));
    }

    /** Returns the set that a text is, in which the separator stands before each of them. It is the parameter. */
    static String cut(String column) {
        return "(string_to_array(" + column + ", ?::text))[2:]";
    }

    String separator() {
        return separator;
    }

    /** Returns the sets of a column as they travel; what has none has none. */
    @Nullable
    String[] joined(@Nullable Object[] sets) {
        return Arrays.stream(sets)
                .map(set -> set == null
                        ? null
                        : ((List<?>) set).stream().map(text -> separator + text).collect(Collectors.joining()))
                .toArray(String[]::new);
    }
}
