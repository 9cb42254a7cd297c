package dev.pagurus.store.tck.states;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.tck.samples.Item;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Some threads with two documents each, the first and the last of the collection, that write by single operations, which
 * a store may join: a number to the first, then the same to the last, then the next one. In every state the first is as
 * far as the last, or one ahead.
 */
final class Relay implements AutoCloseable {

    private static final int TEAMS = 3;

    private final List<Others> teams = new ArrayList<>();

    /** Begins, when each has written once. */
    Relay(DocumentCollection<Item> items) {
        for (int i = 0; i < TEAMS; i++) {
            int team = i;
            lap(items, team, 0);
            teams.add(new Others(before -> lap(items, team, before + 1)));
        }
    }

    private static void lap(DocumentCollection<Item> items, int team, long number) {
        items.put(first(team), Item.ofNumber(number));
        items.put(last(team), Item.ofNumber(number));
    }

    /** Returns which number each has written to both of its documents. */
    List<Long> laps() {
        return teams.stream().map(Others::moves).toList();
    }

    /** Returns the ids of all its documents, those that are written first at first. */
    static List<String> ids() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < TEAMS; i++) {
            ids.add(first(i));
        }
        for (int i = 0; i < TEAMS; i++) {
            ids.add(last(i));
        }
        return ids;
    }

    /**
     * Fails if no state has these documents, or only one from before the read.
     *
     * @param before how far each was before the read began
     */
    static void requireOneState(Collection<Document<Item>> documents, List<Long> before) {
        Map<String, Long> numbers = new HashMap<>();
        for (Document<Item> document : documents) {
            numbers.put(document.id(), document.value().number());
        }
        for (int i = 0; i < TEAMS; i++) {
            long first = numbers.getOrDefault(first(i), -1L);
            long last = numbers.getOrDefault(last(i), -1L);
            assertThat(first - last)
                    .as(
                            "how far '%s' (%d) is ahead of '%s' (%d), which is always written after it",
                            first(i), first, last(i), last)
                    .isBetween(0L, 1L);
            assertThat(last)
                    .as("the number of '%s', of which %d was written before the read", last(i), before.get(i))
                    .isGreaterThanOrEqualTo(before.get(i));
        }
    }

    private static String first(int team) {
        return "a first " + team;
    }

    private static String last(int team) {
        return "z last " + team;
    }

    @Override
    public void close() {
        teams.forEach(Others::close);
    }
}
