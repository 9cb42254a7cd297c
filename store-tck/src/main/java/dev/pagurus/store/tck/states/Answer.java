package dev.pagurus.store.tck.states;

import dev.pagurus.store.Document;
import dev.pagurus.store.Page;
import dev.pagurus.store.Row;
import dev.pagurus.store.tck.samples.Item;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Reading} came back with.
 *
 * @param documents documents, in their order
 * @param rest what is no document, such as a count
 */
public record Answer(List<Document<Item>> documents, Object rest) {

    private static final int LONGEST = 160;
    private static final int MOST_NAMED = 5;

    static Answer documents(Collection<Document<Item>> documents) {
        return new Answer(List.copyOf(documents), "nothing else");
    }

    static Answer page(Page<Item> page) {
        return new Answer(page.items(), page.hasNext() ? "a next page" : "no next page");
    }

    /** Rows of some values, which are in each state as often, whatever the order of those that are equal in it. */
    static Answer rows(List<Row> rows) {
        Map<String, Long> times = new TreeMap<>();
        rows.forEach(row -> times.merge(row.toString(), 1L, Long::sum));
        return of(times);
    }

    static Answer of(Object rest) {
        return new Answer(List.of(), rest);
    }

    /** Says in what another answer is not this one, which is right: ids, values, and their order; null if in nothing. */
    @Nullable
    String differenceOf(Answer came) {
        int common = Math.min(documents.size(), came.documents.size());
        for (int i = 0; i < common; i++) {
            Document<Item> wanted = documents.get(i);
            Document<Item> found = came.documents.get(i);
            if (!wanted.id().equals(found.id()) || !wanted.value().equals(found.value())) {
                return "document " + i + " is " + shown(found) + " and not " + shown(wanted);
            }
        }
        if (documents.size() != came.documents.size()) {
            return sizes(came);
        }
        return differenceOfRest(came);
    }

    /**
     * Says in what another answer cannot be of a state like this one, where documents hand on their values; null if in
     * nothing. In each state the same values come, but for their times, and no document twice.
     */
    @Nullable
    String differenceOfValues(Answer came) {
        Map<@Nullable Long, Item> missing = new LinkedHashMap<>();
        documents.forEach(document -> missing.put(document.value().number(), document.value()));
        Map<@Nullable Long, String> holders = new HashMap<>();
        Set<String> ids = new HashSet<>();
        List<String> wrong = new ArrayList<>();
        for (Document<Item> document : came.documents) {
            Long number = document.value().number();
            Item value = missing.remove(number);
            String holder = holders.put(number, document.id());
            if (!ids.add(document.id())) {
                wrong.add("document '" + shortened(document.id()) + "' comes twice");
            } else if (holder != null) {
                wrong.add("number " + number + " is in '" + holder + "' and in '" + document.id() + "'");
            } else if (value == null) {
                wrong.add("number " + number + " should not be there, in '" + document.id() + "'");
            } else if (!value.withTime(null).equals(document.value().withTime(null))) {
                wrong.add(shown(document) + " should have the value " + shortened(value.toString()));
            }
        }
        missing.keySet().forEach(number -> wrong.add("number " + number + " is nowhere"));
        return wrong.isEmpty()
                ? differenceOfRest(came)
                : wrong.size() + " things are wrong with " + documents.size() + " values that each state has once: "
                        + String.join(", ", wrong.subList(0, Math.min(MOST_NAMED, wrong.size())));
    }

    private String sizes(Answer came) {
        Set<String> wanted = new HashSet<>(documents.stream().map(Document::id).toList());
        Set<String> found =
                new HashSet<>(came.documents.stream().map(Document::id).toList());
        List<String> missing = wanted.stream()
                .filter(id -> !found.contains(id))
                .limit(MOST_NAMED)
                .map(Answer::shortened)
                .toList();
        List<String> more = found.stream()
                .filter(id -> !wanted.contains(id))
                .limit(MOST_NAMED)
                .map(Answer::shortened)
                .toList();
        return came.documents.size() + " documents and not " + documents.size() + "; missing " + missing + ", too many "
                + more;
    }

    private @Nullable String differenceOfRest(Answer came) {
        if (rest.equals(came.rest)) {
            return null;
        }
        if (!(rest instanceof Map<?, ?> wanted) || !(came.rest instanceof Map<?, ?> found)) {
            return came.rest + " and not " + rest;
        }
        Set<@Nullable Object> keys = new HashSet<>(wanted.keySet());
        keys.addAll(found.keySet());
        Map<String, String> differ = new TreeMap<>();
        for (@Nullable Object key : keys) {
            if (!Objects.equals(wanted.get(key), found.get(key))) {
                differ.put(shortened(String.valueOf(key)), found.get(key) + " and not " + wanted.get(key));
            }
        }
        return differ.size() + " of " + keys.size() + " groups differ: "
                + differ.entrySet().stream().limit(MOST_NAMED).toList();
    }

    private static String shown(Document<Item> document) {
        return "'" + shortened(document.id()) + "' with "
                + shortened(document.value().toString());
    }

    /** A long text by its length and its ends. */
    private static String shortened(String text) {
        return text.length() <= LONGEST
                ? text
                : text.substring(0, LONGEST / 2) + "... (" + text.length() + " characters) ..."
                        + text.substring(text.length() - LONGEST / 4);
    }
}
