package dev.pagurus.store.tck.states;

import dev.pagurus.store.Filter;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.tck.samples.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A way to read items. {@link #ALL} are all there are; a test holds them against the API, so that a new method of a
 * collection or a query is asked what every read is asked.
 *
 * @param name what it is called
 * @param ask how it is done
 */
public record Reading(String name, Ask ask) {

    /** How many ids a filter takes. */
    private static final int MOST_VALUES = 1000;

    private static final int SEVERAL_CHUNKS = 9_000;
    private static final int MOST_OF_A_CHUNK = 400;
    private static final int SOME_NUMBERS = 300;

    /** Asks. */
    @FunctionalInterface
    public interface Ask {
        /** Returns the answer. */
        Answer of(ReadableCollection<Item> items, Question about);
    }

    static final Reading GET = new Reading(
            "get",
            (items, about) -> Answer.documents(items.get(about.id()).stream().toList()));
    static final Reading EXISTS = new Reading("exists of an id", (items, about) -> Answer.of(items.exists(about.id())));
    static final Reading GET_ALL = new Reading(
            "getAll",
            (items, about) -> Answer.documents(items.getAll(about.ids()).values()));
    static final Reading LIST =
            new Reading("list", (items, about) -> Answer.documents(items.query().list()));
    static final Reading LIST_BY_NUMBER = new Reading(
            "list in descending order of numbers",
            (items, about) -> Answer.documents(items.query()
                    .orderBy(Item.NUMBER.desc())
                    .thenBy(Item.TEXT.asc())
                    .list()));
    static final Reading LIST_OF_TAGS = new Reading(
            "list of those with a tag",
            (items, about) -> Answer.documents(
                    items.where(Item.TAGS.containsAny(about.tags())).list()));
    static final Reading LIST_WITH_LIMIT = new Reading(
            "list with a limit",
            (items, about) ->
                    Answer.documents(byNumber(items).limit(SEVERAL_CHUNKS).list()));
    static final Reading LIST_AFTER_A_PAGE = new Reading(
            "list after a page",
            (items, about) ->
                    Answer.documents(byNumber(items).startAfter(afterTwo(items)).list()));
    static final Reading FIRST = new Reading(
            "first in descending order of numbers",
            (items, about) -> Answer.documents(
                    items.query().orderBy(Item.NUMBER.desc()).first().stream().toList()));
    static final Reading FIRST_OF_NUMBER = new Reading(
            "first with a number",
            (items, about) -> Answer.documents(
                    items.where(sameNumber(about)).first().stream().toList()));
    static final Reading PAGE =
            new Reading("page", (items, about) -> Answer.page(byNumber(items).page()));
    static final Reading LATER_PAGE = new Reading(
            "later page",
            (items, about) -> Answer.page(byNumber(items)
                    .limit(MOST_OF_A_CHUNK)
                    .startAfter(afterTwo(items))
                    .page()));
    static final Reading STREAM = new Reading(
            "stream",
            (items, about) -> Answer.documents(items
                    .query()
                    .undecodable(damaged -> {
                        throw damaged;
                    })
                    .stream()
                    .toList()));
    static final Reading COUNT =
            new Reading("count", (items, about) -> Answer.of(items.query().count()));
    static final Reading COUNT_OF_TAGS = new Reading(
            "count of those with a tag",
            (items, about) ->
                    Answer.of(items.where(Item.TAGS.containsAny(about.tags())).count()));
    static final Reading COUNT_UP_TO = new Reading(
            "count up to a number",
            (items, about) -> Answer.of(items.where(Item.NUMBER
                            .lte(about.number())
                            .and(Item.TAGS.isEmpty().not()))
                    .count()));
    static final Reading COUNT_OF_IDS = new Reading(
            "count of many ids",
            (items, about) -> Answer.of(items.where(Item.SCHEMA
                            .id()
                            .in(about.ids()
                                    .subList(
                                            0, Math.min(MOST_VALUES, about.ids().size()))))
                    .count()));
    static final Reading EXISTS_ANY =
            new Reading("exists", (items, about) -> Answer.of(items.query().exists()));
    static final Reading EXISTS_OF_NUMBER = new Reading(
            "exists with a number",
            (items, about) -> Answer.of(items.query().where(sameNumber(about)).exists()));
    static final Reading COUNT_BY_TEXT = new Reading(
            "countBy of a text", (items, about) -> Answer.of(items.query().countBy(Item.TEXT)));
    static final Reading COUNT_BY_TAG = new Reading(
            "countBy of the tags up to a number",
            (items, about) ->
                    Answer.of(items.where(Item.NUMBER.lte(about.number())).countBy(Item.TAGS)));
    static final Reading COUNT_BY_TIME = new Reading(
            "countBy of a time", (items, about) -> Answer.of(items.query().countBy(Item.TIME)));

    static final Reading ROWS = new Reading(
            "rows",
            (items, about) -> Answer.rows(
                    items.query().select(Item.TAGS, Item.NUMBER, Item.TEXT).list()));
    static final Reading ROWS_BY_NUMBER = new Reading(
            "rows in descending order of numbers",
            (items, about) -> Answer.rows(items.query()
                    .orderBy(Item.NUMBER.desc())
                    .select(Item.NUMBER, Item.TEXT)
                    .list()));
    static final Reading PAGE_OF_ROWS = new Reading(
            "page of the rows of some numbers",
            (items, about) ->
                    Answer.rows(items.where(Item.NUMBER.between(about.number(), about.number() + SOME_NUMBERS))
                            .limit(MOST_OF_A_CHUNK)
                            .select(Item.NUMBER, Item.TAGS, Item.TEXT)
                            .page()
                            .rows()));

    /** All of them. */
    public static final List<Reading> ALL = List.of(
            GET,
            EXISTS,
            GET_ALL,
            LIST,
            LIST_BY_NUMBER,
            LIST_OF_TAGS,
            LIST_WITH_LIMIT,
            LIST_AFTER_A_PAGE,
            FIRST,
            FIRST_OF_NUMBER,
            PAGE,
            LATER_PAGE,
            STREAM,
            COUNT,
            COUNT_OF_TAGS,
            COUNT_UP_TO,
            COUNT_OF_IDS,
            EXISTS_ANY,
            EXISTS_OF_NUMBER,
            COUNT_BY_TEXT,
            COUNT_BY_TAG,
            COUNT_BY_TIME,
            ROWS,
            ROWS_BY_NUMBER,
            PAGE_OF_ROWS);

    private static ReadQuery<Item> byNumber(ReadableCollection<Item> items) {
        return items.query().orderBy(Item.NUMBER.asc());
    }

    /** Where a list or page goes on that leaves two documents out. */
    private static @Nullable String afterTwo(ReadableCollection<Item> items) {
        return byNumber(items).limit(2).page().nextCursor();
    }

    private static Filter<Item> sameNumber(Question about) {
        return Item.NUMBER.eq(about.number());
    }

    /** Fails if the answer is another one than that of somebody who knows. */
    static void require(String what, Answer expected, Answer came) {
        String difference = expected.differenceOf(came);
        if (difference != null) {
            throw new AssertionError(what + " is wrong: " + difference + ".");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
