package dev.pagurus.store.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.spi.Condition.Operator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IndexPathsTest {

    private static final Condition UNREAD = new Condition.Compare("unread", Operator.EQ, true);
    private static final Condition FEED = new Condition.Compare("feed", Operator.EQ, 7L);
    private static final Condition SINCE = new Condition.Compare("at", Operator.GTE, 5L);
    private static final Condition UNTIL = new Condition.Compare("at", Operator.LT, 9L);
    private static final Condition FEEDS = new Condition.In("feed", List.of(1L, 2L));
    private static final Condition TAGGED = new Condition.ContainsAny("tags", List.of("crab"));
    private static final Condition SHORT = new Condition.Compare("length", Operator.LT, 9L);
    private static final Sort ID = new Sort("id", false);
    private static final Sort LATEST = new Sort("at", true);
    private static final Sort LAST_ID = new Sort("id", true);

    private static final IndexDefinition UNREAD_FEED = index("unread_feed", false, "unread", "feed");
    private static final IndexDefinition AT = index("at", false, "at");
    private static final IndexDefinition FEED_AT = index("feed_at", false, "feed", "at");
    private static final IndexDefinition SLUG = index("slug", true, "slug");
    private static final IndexDefinition TAGS = index("tags", false, "tags");
    private static final CollectionDefinition ENTRIES = new CollectionDefinition(
            "entries",
            1,
            List.of(
                    new FieldDefinition("unread", FieldKind.BOOLEAN, 0),
                    new FieldDefinition("feed", FieldKind.LONG, 0),
                    new FieldDefinition("at", FieldKind.INSTANT, 0),
                    new FieldDefinition("length", FieldKind.LONG, 0),
                    new FieldDefinition("slug", FieldKind.TEXT, 255),
                    new FieldDefinition("tags", FieldKind.MANY, 255),
                    new FieldDefinition("words", FieldKind.WORDS, 100)),
            List.of(UNREAD_FEED, AT, FEED_AT, SLUG, TAGS));

    @Test
    void aFilterAndAnotherOrderHaveAWayEach() {
        IndexPaths paths = of(UNREAD, LATEST, LAST_ID);
        assertThat(paths.toFilter()).containsExactly(stretch(UNREAD_FEED, UNREAD));
        assertThat(paths.inOrder()).contains(stretch(AT));
        assertThat(paths.isServedInOrder()).isFalse();
    }

    @Test
    void oneWayMayServeBoth() {
        IndexPaths paths = of(and(FEED, SINCE, UNTIL), LATEST, LAST_ID);
        assertThat(paths.toFilter()).containsExactly(stretch(FEED_AT, FEED, SINCE, UNTIL));
        assertThat(paths.inOrder()).contains(stretch(FEED_AT, FEED, SINCE, UNTIL));
        assertThat(paths.isServedInOrder()).isTrue();
    }

    @Test
    void whatIsOneOfSomeValuesIsNotInOrder() {
        IndexPaths paths = of(and(FEEDS, SINCE), LATEST, LAST_ID);
        assertThat(paths.toFilter()).containsExactly(stretch(FEED_AT, FEEDS, SINCE));
        assertThat(paths.inOrder()).contains(stretch(AT, SINCE));
        assertThat(paths.isServedInOrder()).isFalse();
    }

    @Test
    void aWayThatHasLessThanAnotherIsLeftOut() {
        assertThat(of(and(FEED, UNREAD), ID).toFilter()).containsExactly(stretch(UNREAD_FEED, UNREAD, FEED));
        assertThat(of(and(FEED, SHORT), ID).toFilter()).containsExactly(stretch(FEED_AT, FEED));
    }

    @Test
    void theIdHasAnIndex() {
        Condition after = new Condition.Compare("id", Operator.GT, "a");
        assertThat(of(after, ID).toFilter()).containsExactly(new IndexPath.Stretch(null, List.of(after)));
        assertThat(of(after, ID).isServedInOrder()).isTrue();
        assertThat(of(SHORT, ID).isServedInOrder()).isTrue();
        assertThat(of(SHORT, new Sort("length", false), ID).inOrder()).isEmpty();
    }

    @Test
    void whatIsEqualDoesNotOrder() {
        assertThat(of(FEED, new Sort("feed", true), LATEST, LAST_ID).inOrder()).contains(stretch(FEED_AT, FEED));
        assertThat(of(new Condition.IsNull("feed"), new Sort("feed", false), LATEST, LAST_ID)
                        .inOrder())
                .contains(stretch(FEED_AT, new Condition.IsNull("feed")));
    }

    @Test
    void anIndexIsReadBackwardsAsAWholeOnly() {
        assertThat(of(FEED, LATEST, ID).inOrder()).isEmpty();
        assertThat(of(Condition.EVERYTHING, LATEST, LAST_ID).inOrder()).contains(stretch(AT));
    }

    @Test
    void aUniqueIndexIsInOrderToo() {
        assertThat(of(Condition.EVERYTHING, new Sort("slug", true), LAST_ID).inOrder())
                .contains(stretch(SLUG));
    }

    @Test
    void aManyFieldHasAWayWhereItsIndexIs() {
        assertThat(of(and(TAGGED, SHORT), ID).toFilter())
                .containsExactly(new IndexPath.Values((Condition.ContainsAny) TAGGED));
        CollectionDefinition without = new CollectionDefinition("entries", 1, ENTRIES.fields(), List.of());
        assertThat(IndexPaths.of(without, TAGGED).toFilter()).isEmpty();
    }

    @Test
    void eachWordIsAWayWhereTheirIndexIs() {
        Condition crab = new Condition.ContainsAny("words", List.of("crab"));
        Condition begun = new Condition.ContainsPrefix("words", "she", "shf");
        List<IndexDefinition> indexes = List.of(index("words", false, "words"), AT);
        CollectionDefinition indexed = new CollectionDefinition("entries", 1, ENTRIES.fields(), indexes);
        IndexPath.Values values = new IndexPath.Values((Condition.ContainsAny) crab);
        IndexPath.Prefix prefix = new IndexPath.Prefix((Condition.ContainsPrefix) begun);
        assertThat(IndexPaths.of(indexed, and(crab, begun, SHORT)).toFilter()).containsExactly(values, prefix);
        Condition.Or or = new Condition.Or(List.of(begun, SINCE));
        assertThat(IndexPaths.of(indexed, or).toFilter())
                .containsExactly(new IndexPath.Union(or, List.of(prefix, stretch(AT, SINCE))));
        assertThat(IndexPaths.of(indexed, new Condition.ContainsNoPrefix("words", "she", "shf"))
                        .toFilter())
                .isEmpty();
        assertThat(IndexPaths.of(ENTRIES, and(crab, begun)).toFilter()).isEmpty();
    }

    @Test
    void anOrOfTwoIsCountedByItsSides() {
        Condition either = new Condition.Or(List.of(UNREAD, and(FEED, SINCE)));
        assertThat(IndexPaths.counted(ENTRIES, either))
                .containsExactly(UNREAD, and(FEED, SINCE), and(UNREAD, FEED, SINCE));
        // No index has all of the second side; of three sides too many would have to be counted; tags come more than
        // once.
        assertThat(IndexPaths.counted(ENTRIES, new Condition.Or(List.of(UNREAD, and(UNREAD, SINCE)))))
                .isEmpty();
        assertThat(IndexPaths.counted(ENTRIES, new Condition.Or(List.of(UNREAD, FEED, SINCE))))
                .isEmpty();
        Condition tagged = new Condition.ContainsAny("tags", List.of("a", "b"));
        assertThat(IndexPaths.counted(ENTRIES, new Condition.Or(List.of(UNREAD, tagged))))
                .isEmpty();
        assertThat(IndexPaths.counted(ENTRIES, and(UNREAD, FEED))).isEmpty();
    }

    @Test
    void anOrHasAWayIfEachSideHas() {
        Condition.Or or = new Condition.Or(List.of(TAGGED, and(FEED, SHORT)));
        assertThat(of(or, ID).toFilter())
                .containsExactly(new IndexPath.Union(
                        or, List.of(new IndexPath.Values((Condition.ContainsAny) TAGGED), stretch(FEED_AT, FEED))));
        assertThat(of(new Condition.Or(List.of(TAGGED, SHORT)), ID).toFilter()).isEmpty();
        assertThat(of(Condition.NOTHING, ID).toFilter()).isEmpty();
    }

    private static IndexPaths of(Condition filter, Sort... order) {
        return IndexPaths.of(new Scan(ENTRIES, filter, List.of(order), List.of(Range.ALL), 20, 1 << 20));
    }

    private static Condition and(Condition... parts) {
        return new Condition.And(List.of(parts));
    }

    private static IndexPath.Stretch stretch(IndexDefinition index, Condition... bounds) {
        return new IndexPath.Stretch(index, List.of(bounds));
    }

    private static IndexDefinition index(String name, boolean unique, String... fields) {
        return new IndexDefinition(
                name,
                unique,
                Stream.of(fields).map(field -> new Sort(field, false)).toList());
    }
}
