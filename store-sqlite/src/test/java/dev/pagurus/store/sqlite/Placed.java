package dev.pagurus.store.sqlite;

import dev.pagurus.store.Codec;
import dev.pagurus.store.LongField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A document of a group, which is of a certain size and lies at one end of an order, at the other one, or is spread over it.
 *
 * @param at its place in the order
 */
record Placed(String group, long at) {

    static final TextField<Placed> GROUP = TextField.of("group", Placed::group);
    static final LongField<Placed> AT = LongField.of("at", Placed::at);

    /** In no index. */
    static final LongField<Placed> MIXED = LongField.of("mixed", placed -> placed.at * 7919 % 10_007);

    static final Schema<Placed> SCHEMA = Schema.of(
                    "placed", Codec.of(placed -> placed.group + " " + placed.at + " ".repeat(300), text -> {
                        String[] parts = text.strip().split(" ", -1);
                        return new Placed(parts[0], Long.parseLong(parts[1]));
                    }))
            .index(GROUP)
            .index(AT)
            .field(MIXED);

    static final int ALL = 10_000;
    private static final List<Integer> SIZES = List.of(1, 15, 30, 100, 300, 1000);

    String id() {
        return String.format(Locale.ROOT, "%05d", at * 3571 % 10_007);
    }

    /** Returns the names of the groups; most documents are in "rest". */
    static List<String> groups() {
        List<String> groups = new ArrayList<>(List.of("rest", "none"));
        for (int size : SIZES) {
            groups.addAll(List.of("low-" + size, "high-" + size, "spread-" + size));
        }
        return groups;
    }

    static List<Placed> all() {
        TreeMap<Integer, String> groups = new TreeMap<>();
        int low = 0;
        int high = ALL;
        for (int size : SIZES) {
            for (int i = 0; i < size; i++) {
                groups.put(low++, "low-" + size);
                groups.put(--high, "high-" + size);
            }
        }
        SplittableRandom random = new SplittableRandom(1);
        for (int size : SIZES) {
            for (int left = size; left > 0; ) {
                if (groups.putIfAbsent(low + random.nextInt(high - low), "spread-" + size) == null) {
                    left--;
                }
            }
        }
        List<Placed> all = new ArrayList<>();
        for (int i = 0; i < ALL; i++) {
            all.add(new Placed(groups.getOrDefault(i, "rest"), i));
        }
        return all;
    }
}
