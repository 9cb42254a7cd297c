package dev.pagurus.store.tck.select;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Document;
import dev.pagurus.store.Field;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.Row;
import dev.pagurus.store.RowPage;
import dev.pagurus.store.ScalarField;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.samples.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Holds rows against documents. */
abstract class SelectGroup extends ClauseGroup {

    /** Every field that an item's row may have. */
    static final List<Field<Item, ?>> FIELDS = List.of(
            Item.TEXT,
            Item.NUMBER,
            Item.TAGS,
            Item.REAL,
            Item.FLAG,
            Item.TIME,
            Item.COLOR,
            Item.SCHEMA.id(),
            Item.CODE,
            Item.SCHEMA.createdAt(),
            Item.SCHEMA.updatedAt());

    SelectGroup(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    static Field<?, ?>[] array(List<Field<Item, ?>> fields) {
        return fields.toArray(Field<?, ?>[]::new);
    }

    /** Fails unless the rows have the values of these documents, in their order. */
    static void requireRows(String of, List<Row> rows, List<Document<Item>> documents, List<Field<Item, ?>> fields) {
        assertThat(rows).as("how many rows, %s", of).hasSize(documents.size());
        for (int i = 0; i < rows.size(); i++) {
            for (Field<Item, ?> field : fields) {
                assertThat(value(rows.get(i), field))
                        .as(
                                "the %s in row %d, which is that of document '%s', %s",
                                field, i, documents.get(i).id(), of)
                        .isEqualTo(value(documents.get(i), field));
            }
        }
    }

    /** What a row has; of a constant its name. */
    private static @Nullable Object value(Row row, Field<Item, ?> field) {
        if (field instanceof ManyField<?> many) {
            return row.get(many);
        }
        Object value = row.get((ScalarField<Item, ?>) field);
        return value instanceof Enum<?> constant ? constant.name() : value;
    }

    private static @Nullable Object value(Document<Item> document, Field<Item, ?> field) {
        if (!(field instanceof ManyField)) {
            return Model.value(field, document);
        }
        Set<String> tags = document.value().tags();
        return tags == null ? List.of() : tags.stream().sorted(Model::compare).toList();
    }

    /** Page by page. */
    static List<Row> walk(ReadQuery<Item> query, List<Field<Item, ?>> fields) {
        List<Row> rows = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            RowPage page = query.startAfter(cursor).select(array(fields)).page();
            rows.addAll(page.rows());
            cursor = page.nextCursor();
        } while (cursor != null);
        return rows;
    }
}
