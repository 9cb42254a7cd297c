package dev.pagurus.store.tck.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.UniqueViolationException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.Race;
import dev.pagurus.store.tck.samples.Item;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/** Group M: opening databases that are empty, and those that are not. */
public abstract class MigrationClauses extends ClauseGroup {

    private static final int PROCESSES = 6;
    private static final Item ITEM = Item.of("item").tagged("x").withCode("1");

    protected MigrationClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.M1)
    void severalOpenAnEmptyDatabaseAtOnce() throws Exception {
        for (int round = 0; round < 5; round++) {
            StoreConfig empty = fixture.newDatabase().build();
            List<Store> handles = Collections.synchronizedList(new ArrayList<>());
            try {
                Race.run(PROCESSES, number -> {
                    Store handle = fixture.open(empty);
                    handles.add(handle);
                    handle.collection(itemSchema()).insert("i" + number, ITEM.withCode("code " + number));
                });
                // Handles on a database that ends with its last handle may be alone, each with its own.
                assertThat(handles.get(0).collection(itemSchema()).query().count())
                        .isIn(fixture.survivesClose() ? (long) PROCESSES : 1L, (long) PROCESSES);
            } finally {
                handles.forEach(Store::close);
                fixture.dropDatabase(empty);
            }
        }
    }

    @Proves(Clause.M2)
    void openingAgainKeepsTheDocuments() throws Exception {
        Document<Item> before = items().insert("a", ITEM);
        for (int i = 0; i < 3; i++) {
            reopen();
            assertThat(items().query().list()).containsExactly(before);
            assertThat(items().where(Item.TAGS.contains("x")).list()).containsExactly(before);
        }
    }

    @Proves(Clause.M2)
    @Needs(Capability.UNIQUE_INDEXES)
    void openingAgainKeepsTheDefinitions() throws Exception {
        store.collection(itemSchema().revision(2)).insert("a", ITEM);
        reopen();
        assertThatThrownBy(() -> store.collection(itemSchema())).isInstanceOf(SchemaException.class);
        assertThatThrownBy(() -> store.collection(Schema.of("items", Item.class).revision(2)))
                .isInstanceOf(SchemaException.class);
        assertThatThrownBy(() -> store.collection(itemSchema().revision(2)).insert("b", ITEM))
                .isInstanceOf(UniqueViolationException.class);
    }

    @Proves(Clause.M2)
    void openingWhileOthersWriteDisturbsNobody() throws Exception {
        items();
        Race.run(4, number -> {
            for (int i = 0; i < 5; i++) {
                String id = "i" + number + "-" + i;
                try (Store handle = second()) {
                    handle.collection(itemSchema()).insert(id, ITEM.withCode(id));
                }
            }
        });
        assertThat(items().query().count()).isEqualTo(20);
    }
}
