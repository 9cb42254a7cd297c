package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Filter;
import dev.pagurus.store.LongField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.Order;
import dev.pagurus.store.Page;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.TextField;
import dev.pagurus.store.postgres.documents.PostgresScans;
import dev.pagurus.store.postgres.sql.PostgresInstant;
import dev.pagurus.store.postgres.sql.PostgresNames;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Finds what is rare, common, at the near and at the far end of an order, by an index and by one of a many-field: the right
 * documents, and by no way that is much longer than the best.
 */
class ChoiceTest {

    private static final String LAST = "49999";
    private static final int PAGE = 20;

    /** A document, found by its kind in either of two ways. */
    record Ranked(String kind, @Nullable Long rank, Set<String> tags) {}

    private static final TextField<Ranked> KIND = TextField.of("kind", Ranked::kind);
    private static final LongField<Ranked> RANK = LongField.of("rank", Ranked::rank);
    private static final ManyField<Ranked> TAGS = ManyField.of("tags", Ranked::tags);

    private static final Asked ASKED = new Asked();
    private static final StoreConfig CONFIG =
            PostgresServer.newDatabase().provider(ASKED).build();
    private static final String SCHEMA = CONFIG.options().text("schema", "");
    private static final String TABLE = SCHEMA + ".ranked";

    private static final Store STORE = Stores.open(CONFIG);
    private static final DocumentCollection<Ranked> RANKED = STORE.collection(
            Schema.of("ranked", Ranked.class).index(KIND).index(RANK).index(TAGS));
    private static final Connection CONNECTION = PostgresPlans.connect();
    private static final ByHand BY_HAND =
            new ByHand(CONNECTION, new PostgresScans(new PostgresNames(SCHEMA), PostgresInstant.SERVERS), TABLE);

    /** The table is in no order. One document in 500 has no rank. */
    @BeforeAll
    static void fill() throws SQLException {
        PostgresServer.run("""
                insert into %1$s (id, version, created_at, kind, rank, tags, body)
                select 'r' || lpad(i::text, 6, '0'), 1, 1, kind, case when i %% 500 > 0 then i end, array['every', kind],
                    json_build_object('kind', kind, 'tags', array['every', kind])
                from (select i, case
                    when i < 20000 then 'far'
                    when i < 20100 then 'few far'
                    when i >= 49900 then 'few near'
                    when i >= 48000 then 'near'
                    when i = 30001 then 'one'
                    when i %% 40 = 1 then 'spread'
                    else 'other' end as kind
                from generate_series(0, %2$s) i) i order by md5(i::text);
                """.formatted(TABLE, LAST));
        PostgresServer.run("vacuum analyze " + TABLE);
    }

    @AfterAll
    static void drop() throws SQLException {
        STORE.close();
        CONNECTION.close();
        PostgresServer.drop(CONFIG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "one", "few near", "few far", "near", "far", "spread", "other"})
    void goesTheBetterWay(String kind) throws SQLException {
        for (Filter<Ranked> filter : List.of(KIND.eq(kind), TAGS.contains(kind))) {
            for (Order<Ranked> order : List.of(RANK.desc(), RANK.asc())) {
                assertPages(kind, filter, order);
            }
        }
        assertPages(kind, KIND.eq(kind).and(TAGS.contains("every")), RANK.desc());
        assertPages(kind, KIND.eq(kind).and(TAGS.contains(kind)), RANK.desc());
        assertPages(kind, KIND.eq(kind).or(KIND.eq("none at all")), RANK.desc());
        if (!kind.equals("other")) {
            // Its two sets are made by both statements: 4.4 times the best.
            assertPages(kind, KIND.eq(kind).or(TAGS.contains(kind)), RANK.desc());
        }
    }

    private static void assertPages(String kind, Filter<Ranked> filter, Order<Ranked> order) throws SQLException {
        List<String> all = ids(kind, order.toString().contains("desc"));
        Page<Ranked> first = RANKED.where(filter).orderBy(order).limit(PAGE).page();
        assertThat(ids(first.items())).isEqualTo(all.subList(0, Math.min(PAGE, all.size())));
        BY_HAND.holdPage(ASKED.scan());
        if (first.hasNext()) {
            Page<Ranked> next = RANKED.where(filter)
                    .orderBy(order)
                    .limit(PAGE)
                    .startAfter(first.nextCursor())
                    .page();
            assertThat(ids(next.items())).isEqualTo(all.subList(PAGE, Math.min(2 * PAGE, all.size())));
            BY_HAND.holdPage(ASKED.scan());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"few far", "near", "far", "spread"})
    void goesOnWhereItStopped(String kind) throws SQLException {
        assertThat(ids(RANKED.where(KIND.eq(kind)).orderBy(RANK.desc()).list())).isEqualTo(ids(kind, true));
        assertThat(ids(RANKED.where(TAGS.contains(kind)).orderBy(RANK.asc()).list()))
                .isEqualTo(ids(kind, false));
    }

    @Test
    void countsAndDeletesByTheBetterWay() throws SQLException {
        Filter<Ranked> few = KIND.eq("few far").and(TAGS.contains("every")).and(RANK.gte(0L));
        assertThat(RANKED.where(few).count()).isEqualTo(99);
        BY_HAND.holdCount(ASKED.counted(), ASKED.filter());
        assertThat(RANKED.where(few).countBy(KIND)).containsExactly(Map.entry("few far", 99L));
        assertThat(RANKED.where(few).aggregate(RANK.count()).get(RANK.count())).isEqualTo(99);
        assertThat(RANKED.where(KIND.eq("near").and(RANK.lt(48_100L))).count()).isEqualTo(99);
        BY_HAND.holdCount(ASKED.counted(), ASKED.filter());
        assertThat(RANKED.where(KIND.eq("one").and(RANK.gte(40_000L))).deleteAll())
                .isZero();
        assertThat(RANKED.where(KIND.eq("other").and(RANK.gte(47_990L))).deleteAll())
                .isEqualTo(10);
    }

    private static List<String> ids(List<Document<Ranked>> documents) {
        return documents.stream().map(Document::id).toList();
    }

    private static List<String> ids(String kind, boolean descending) throws SQLException {
        String order = descending ? "rank desc nulls last, id desc" : "rank nulls first, id";
        try (Statement statement = CONNECTION.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select id from " + TABLE + " where kind = '" + kind + "' order by " + order)) {
            List<String> ids = new ArrayList<>();
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
            return ids;
        }
    }
}
