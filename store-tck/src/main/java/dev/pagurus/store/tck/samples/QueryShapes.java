package dev.pagurus.store.tck.samples;

import static dev.pagurus.store.tck.samples.Entry.AT;
import static dev.pagurus.store.tck.samples.Entry.CODE;
import static dev.pagurus.store.tck.samples.Entry.FEED;
import static dev.pagurus.store.tck.samples.Entry.LANGUAGE;
import static dev.pagurus.store.tck.samples.Entry.OWNER;
import static dev.pagurus.store.tck.samples.Entry.SCORE;
import static dev.pagurus.store.tck.samples.Entry.SIZE;
import static dev.pagurus.store.tck.samples.Entry.STAGE;
import static dev.pagurus.store.tck.samples.Entry.TAGS;
import static dev.pagurus.store.tck.samples.Entry.TITLE;
import static dev.pagurus.store.tck.samples.Entry.UNREAD;

import dev.pagurus.store.Filter;
import dev.pagurus.store.Order;
import dev.pagurus.store.tck.samples.Entry.Stage;
import dev.pagurus.store.tck.samples.QueryShape.Ask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The forty queries where an engine's choice of plan can go wrong by orders of magnitude: it goes through the index of the
 * order where few match, or where what matches lies at the far end; through the index of the filter where nearly all match;
 * it sorts whole documents where their ids would do; it knows no plan for an "or". For those who write a store: fill a
 * collection with {@link Entries}, some thousand to see that every answer is right, a million to see how long each takes.
 *
 * <p>The queries are the same ones for any number of entries.
 */
public final class QueryShapes {

    private static final Order<Entry> LATEST = AT.desc();
    private static final Order<Entry> OLDEST = AT.asc();
    private static final Filter<Entry> ANY = Filter.allOf(List.of());

    /** There must be more entries than this; a code is the same one for any number of them. */
    private static final String CODE_OF_ONE = Entries.code(1234);

    private static final List<QueryShape> ALL = List.of(
            // The first page of every dashboard: two thirds match, and come soon in the order.
            page("unread, latest", UNREAD.eq(true), LATEST),
            page("unread of a busy feed, latest", UNREAD.eq(true).and(FEED.eq(Entries.BUSY_FEED)), LATEST),
            page("unread of a quiet feed, latest", UNREAD.eq(true).and(FEED.eq(Entries.QUIET_FEED)), LATEST),
            page(
                    "unread of some feeds, latest",
                    UNREAD.eq(true).and(FEED.in(List.of("feed-003", "feed-050", "feed-198"))),
                    LATEST),
            laterPage("unread, latest, a later page", UNREAD.eq(true), LATEST, 1000),
            // A fiftieth matches, at one end of the order.
            page("at the near end, latest", STAGE.eq(Stage.DRAFT), LATEST),
            page("at the far end, latest", STAGE.eq(Stage.ARCHIVED), LATEST),
            page("at the far end, oldest", STAGE.eq(Stage.DRAFT), OLDEST),
            page("a stage by id", STAGE.eq(Stage.ARCHIVED)),
            page("a stage by size", STAGE.eq(Stage.ARCHIVED), SIZE.asc()),
            // One document, few, some, all.
            page("one code, latest", CODE.eq(CODE_OF_ONE), LATEST),
            page("few scores, latest", SCORE.between(500_000L, 500_099L), LATEST),
            page("some scores, latest", SCORE.between(500_000L, 509_999L), LATEST),
            page("every score, latest", SCORE.gte(0L), LATEST),
            page("some scores by size", SCORE.between(500_000L, 509_999L), SIZE.desc()),
            page("a day by score", AT.between(day(500), day(501)), SCORE.desc()),
            page("long prefix, latest", TITLE.startsWith("qxa"), LATEST),
            page("short prefix, latest", TITLE.startsWith("q"), LATEST),
            laterPage("short prefix, latest, a later page", TITLE.startsWith("q"), LATEST, 100),
            page("short prefix by title", TITLE.startsWith("q"), TITLE.desc()),
            page("short prefix by code", TITLE.startsWith("q"), CODE.asc()),
            // Fields with many values.
            page("rare tag, latest", TAGS.contains("rare"), LATEST),
            page("middling tag, latest", TAGS.contains("middling"), LATEST),
            page("common tag, latest", TAGS.contains("common"), LATEST),
            page("tag at the far end, latest", TAGS.contains("first"), LATEST),
            page("any of two tags by id", TAGS.containsAny("middling", "rare")),
            page("common tag by score", TAGS.contains("common"), SCORE.asc()),
            // Null, and, or, not.
            page("without an owner, latest", OWNER.isNull(), LATEST),
            page(
                    "two that seldom meet, latest",
                    SCORE.between(500_000L, 509_999L).and(TITLE.startsWith("q")),
                    LATEST),
            page("two that never meet, latest", STAGE.eq(Stage.ARCHIVED).and(TAGS.contains("last")), LATEST),
            page("one or few, latest", CODE.eq(CODE_OF_ONE).or(SCORE.lt(100L)), LATEST),
            page("many or some, latest", UNREAD.eq(false).or(STAGE.eq(Stage.DRAFT)), LATEST),
            page("not most, latest", STAGE.eq(Stage.OPEN).or(SCORE.gte(10_000L)).not(), LATEST),
            // Filters that no index knows.
            page("unindexed, few, latest", LANGUAGE.eq("xx"), LATEST),
            page("unindexed, at the far end, latest", LANGUAGE.eq("la"), LATEST),
            // No filter, orders of two fields and of none that is indexed.
            page("all by owner and score", ANY, OWNER.asc(), SCORE.desc()),
            page("all by feed and time", ANY, FEED.asc(), LATEST),
            page("all by size", ANY, SIZE.desc()),
            // Counts.
            count("count of unread", UNREAD.eq(true)),
            count("count of many or some", UNREAD.eq(false).or(STAGE.eq(Stage.DRAFT))));

    private QueryShapes() {}

    /** Returns all forty, each with a name of its own. */
    public static List<QueryShape> all() {
        return ALL;
    }

    private static Instant day(int number) {
        return Entries.FIRST.plus(Duration.ofDays(number));
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    private static QueryShape page(String name, Filter<Entry> filter, Order<Entry>... orders) {
        return new QueryShape(name, filter, List.of(orders), Ask.PAGE, 0);
    }

    private static QueryShape laterPage(String name, Filter<Entry> filter, Order<Entry> order, int before) {
        return new QueryShape(name, filter, List.of(order), Ask.PAGE, before);
    }

    private static QueryShape count(String name, Filter<Entry> filter) {
        return new QueryShape(name, filter, List.of(), Ask.COUNT, 0);
    }
}
