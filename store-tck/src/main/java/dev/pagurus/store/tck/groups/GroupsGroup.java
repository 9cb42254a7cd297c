package dev.pagurus.store.tck.groups;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Aggregate;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Field;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.Row;
import dev.pagurus.store.ScalarField;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.samples.Samples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is asked of groups, and how their rows are judged. */
abstract class GroupsGroup extends ClauseGroup {

    GroupsGroup(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    /** Stores an item for each value of each case, whose name is its text; the ids are in the order of the values. */
    final <V> List<Document<Item>> store(Map<String, List<V>> cases, Function<V, Item> item) {
        DocumentCollection<Item> items = items();
        List<Item> all = new ArrayList<>();
        cases.forEach((name, values) -> {
            for (V value : values) {
                all.add(item.apply(value).withText(name).withPayload(String.format(Locale.ROOT, "%05d", all.size())));
            }
        });
        return Samples.store(items, all);
    }

    /** Fails if a row has something else than is made of these documents. */
    static void requireRow(String what, Row row, List<Document<Item>> documents, List<Aggregate<?>> aggregates) {
        Map<String, @Nullable Object> came = new LinkedHashMap<>();
        Map<String, @Nullable Object> wanted = new LinkedHashMap<>();
        for (Aggregate<?> aggregate : aggregates) {
            came.put(aggregate.toString(), row.get(aggregate));
            wanted.put(aggregate.toString(), Expected.of(aggregate, documents));
        }
        assertThat(came).as("what is made of %s", what).isEqualTo(wanted);
    }

    /** Fails if rows are not these groups in this order, with what is made of their documents. */
    static void requireRows(
            String what,
            List<Row> rows,
            List<Expected.Group> groups,
            List<? extends Field<Item, ?>> by,
            List<Aggregate<?>> aggregates) {
        assertThat(rows.stream().map(row -> key(row, by)).toList())
                .as("the groups of %s", what)
                .isEqualTo(groups.stream().map(Expected.Group::key).toList());
        for (int i = 0; i < rows.size(); i++) {
            requireRow(
                    what + ", group " + groups.get(i).key(),
                    rows.get(i),
                    groups.get(i).documents(),
                    aggregates);
        }
    }

    private static List<@Nullable Object> key(Row row, List<? extends Field<Item, ?>> by) {
        List<@Nullable Object> key = new ArrayList<>();
        for (Field<Item, ?> field : by) {
            if (field instanceof ManyField<?> many) {
                key.addAll(row.get(many));
            } else {
                Object value = row.get((ScalarField<?, ?>) field);
                // Constants by name, as the model has them.
                key.add(value instanceof Enum<?> constant ? constant.name() : value);
            }
        }
        return Collections.unmodifiableList(key);
    }
}
