package dev.pagurus.store.tck.histories;

import static dev.pagurus.store.tck.histories.Mark.CODE;
import static dev.pagurus.store.tck.histories.Mark.KEY;
import static dev.pagurus.store.tck.histories.Mark.NUMBER;
import static dev.pagurus.store.tck.histories.Mark.TAGS;
import static dev.pagurus.store.tck.histories.Mark.TEXT;

import dev.pagurus.store.Aggregate;
import dev.pagurus.store.Document;
import dev.pagurus.store.Filter;
import dev.pagurus.store.Page;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The kinds of reads. A test holds them complete against the methods of the API. */
@SuppressWarnings("ImmutableEnumChecker") // functions without a state
enum ReadAct implements Act {
    GET(call -> {
        Deed deed = call.notes().call();
        call.marks()
                .get(call.id())
                .ifPresentOrElse(document -> deed.saw("get", document), () -> deed.missing("get", call.id()));
    }),
    EXISTS(call -> {
        Deed deed = call.notes().call();
        if (call.marks().exists(call.id())) {
            deed.present("exists", call.id());
        } else {
            deed.missing("exists", call.id());
        }
    }),
    GET_ALL(call -> getAll(call, List.of(call.id(), "nobody's", call.other().key(), call.id()))),
    GET_ALL_OF_MANY(call -> {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < ReadAct.MANY; i++) {
            ids.add("nobody's " + i);
        }
        ids.add(call.other().key());
        ids.add(call.id());
        getAll(call, ids);
    }),

    LIST_ALL(call -> {
        Deed deed = call.notes().call();
        deed.listed("list", everything(), call.marks().query().list());
    }),
    BY_KEY(call -> list(call, KEY.eq(call.id()))),
    EQUAL(call -> list(call, NUMBER.eq(call.number()))),
    NOT_EQUAL(call -> list(call, NUMBER.ne(0L))),
    LESS(call -> list(call, NUMBER.lt(call.number() + 1))),
    LESS_OR_EQUAL(call -> list(call, NUMBER.lte(call.number()))),
    GREATER(call -> list(call, NUMBER.gt(call.number() - 1))),
    GREATER_OR_EQUAL(call -> list(call, NUMBER.gte(call.number()))),
    BETWEEN(call -> list(call, NUMBER.between(call.number(), call.number() + 1))),
    IN(call -> list(call, NUMBER.in(call.number(), call.number() + 3))),
    TEXT_EQUAL(call -> list(call, TEXT.eq(call.text()))),
    PREFIX(call ->
            list(call, TEXT.startsWith(call.text().isEmpty() ? "a" : call.text().substring(0, 1)))),
    NULL(call -> list(call, TEXT.isNull()), mark -> mark.withText(null)),
    NOT_NULL(call -> list(call, CODE.isNotNull())),
    NOT(call -> list(call, NUMBER.eq(0L).and(TEXT.isNotNull()).not())),
    OR(call -> list(call, NUMBER.eq(call.number()).or(TEXT.eq(call.text())))),
    AND(call -> list(call, NUMBER.eq(call.number()).and(TAGS.contains(call.tag())))),
    CONTAINS(call -> list(call, TAGS.contains(call.tag()))),
    CONTAINS_ANY(call -> list(call, TAGS.containsAny("none", call.tag()))),
    CONTAINS_NOT(call -> list(call, TAGS.contains("z").not())),
    NO_TAGS(call -> list(call, TAGS.isEmpty()), mark -> mark.withTags(Set.of())),
    UNIQUE(call -> list(call, CODE.eq(call.code()))),

    FIRST(call -> {
        Deed deed = call.notes().call();
        List<Document<Mark>> first = ordered(call).first().stream().toList();
        Ordered.BY_NUMBER.noteTo(deed, "first by number", null, first, !first.isEmpty());
    }),
    LIST_OF_TWO(call -> {
        Deed deed = call.notes().call();
        List<Document<Mark>> two = ordered(call).limit(2).list();
        Ordered.BY_NUMBER.noteTo(deed, "list of two by number", null, two, two.size() == 2);
    }),
    PAGE(call -> page(call, ordered(call).limit(2), null)),
    LATER_PAGES(call -> {
        ReadQuery<Mark> query = ordered(call).limit(1);
        Document<Mark> last = null;
        String cursor = null;
        do {
            Page<Mark> page = page(call, query.startAfter(cursor), last);
            cursor = page.nextCursor();
            last = page.items().isEmpty() ? null : page.items().get(0);
        } while (cursor != null);
    }),
    STREAM(call -> {
        Filter<Mark> filter = NUMBER.gte(call.number());
        Deed deed = call.notes().call();
        List<Document<Mark>> documents = call
                .marks()
                .where(filter)
                .undecodable(damaged -> {
                    throw damaged;
                })
                .stream()
                .toList();
        if (call.notes().isWhole()) {
            deed.listed("stream", filter, documents);
            return;
        }
        // It promises no state, but to come upon each document once: it is many reads.
        for (String id : call.ids()) {
            List<Document<Mark>> found = documents.stream()
                    .filter(document -> document.id().equals(id))
                    .toList();
            call.notes().also().listed("stream", filter.and(KEY.eq(id)), found);
        }
    }),

    COUNT(call -> count(call, NUMBER.gte(call.number()))),
    COUNT_ALL(call -> count(call, everything())),
    COUNT_TAGGED(call -> count(call, TAGS.contains(call.tag()))),
    ANY(call -> {
        Filter<Mark> filter = NUMBER.eq(call.number());
        Deed deed = call.notes().call();
        boolean any = call.marks().where(filter).exists();
        deed.atLeastOne("exists where " + filter, filter, any);
    }),
    COUNT_BY(call -> {
        Deed deed = call.notes().call();
        Map<@Nullable Long, Long> counts = call.marks().query().countBy(NUMBER);
        counts.forEach((number, count) ->
                deed.matched("countBy number " + number, mark -> Objects.equals(mark.number(), number), count, count));
        Set<@Nullable Long> counted = new HashSet<>(counts.keySet());
        deed.matched("countBy number", mark -> !counted.contains(mark.number()), 0, 0);
    }),
    COUNT_BY_OF_SOME(call -> {
        Filter<Mark> filter = TAGS.contains(call.tag());
        Deed deed = call.notes().call();
        Map<@Nullable String, Long> counts = call.marks().where(filter).countBy(KEY);
        String by = "countBy key where " + filter;
        Predicate<Mark> which = Deed.matching(filter);
        deed.matched(by, mark -> which.test(mark) && counts.containsKey(mark.key()), counts.size(), counts.size());
        deed.matched(by, mark -> which.test(mark) && !counts.containsKey(mark.key()), 0, 0);
    }),
    COUNT_BY_TAG(call -> {
        Deed deed = call.notes().call();
        Map<@Nullable String, Long> counts = call.marks().query().countBy(TAGS);
        counts.forEach(
                (tag, count) -> deed.counted("countBy tag " + tag, TAGS.contains(Objects.requireNonNull(tag)), count));
        deed.counted(
                "countBy tag", TAGS.isEmpty().or(TAGS.containsAny(tags(counts))).not(), 0);
    }),
    SELECT(call -> {
        Filter<Mark> filter = NUMBER.gte(call.number());
        Predicate<Mark> which = Deed.matching(filter);
        Deed deed = call.notes().call();
        Set<String> keys = new HashSet<>();
        for (Row row : call.marks().where(filter).select(KEY, NUMBER, TEXT).list()) {
            String key = Objects.requireNonNull(row.get(KEY));
            keys.add(key);
            deed.matched(
                    "row of " + Mark.shown(key),
                    mark -> mark.key().equals(key)
                            && Objects.equals(mark.number(), row.get(NUMBER))
                            && Objects.equals(mark.text(), row.get(TEXT)),
                    1,
                    1);
        }
        deed.matched("rows where " + filter, mark -> which.test(mark) && !keys.contains(mark.key()), 0, 0);
    }),
    SUM(call -> {
        Filter<Mark> filter = KEY.eq(call.id());
        Deed deed = call.notes().call();
        Row row = call.marks().where(filter).aggregate(Aggregate.count(), NUMBER.sum());
        deed.counted("count beside a sum", filter, count(row));
        Predicate<Mark> which = Deed.matching(filter);
        deed.matched("sum", mark -> which.test(mark) && number(mark) == sum(row), count(row), count(row));
    }),
    LEAST(call -> {
        Deed deed = call.notes().call();
        Long least = call.marks().query().aggregate(NUMBER.min()).get(NUMBER.min());
        deed.matched(
                "least number " + least,
                mark -> mark.number() != null && (least == null || mark.number() < least),
                0,
                0);
        if (least != null) {
            deed.matched("least number", mark -> least.equals(mark.number()), 1, Long.MAX_VALUE);
        }
    }),
    DISTINCT(call -> {
        Deed deed = call.notes().call();
        List<Long> numbers = call.marks().query().distinct(NUMBER);
        for (Long number : numbers) {
            deed.matched("distinct number " + number, mark -> number.equals(mark.number()), 1, Long.MAX_VALUE);
        }
        deed.matched("distinct number", mark -> mark.number() != null && !numbers.contains(mark.number()), 0, 0);
    }),
    GROUPED(call -> {
        Deed deed = call.notes().call();
        List<Row> rows = call.marks().query().groupBy(KEY, TEXT).aggregate(NUMBER.sum());
        for (Row row : rows) {
            deed.matched(
                    "group " + row,
                    mark -> mark.key().equals(row.get(KEY))
                            && Objects.equals(mark.text(), row.get(TEXT))
                            && number(mark) == sum(row),
                    1,
                    1);
        }
        Set<@Nullable String> keys = new HashSet<>();
        rows.forEach(row -> keys.add(row.get(KEY)));
        deed.matched("groups", mark -> !keys.contains(mark.key()), 0, 0);
    }),
    GROUPED_BY_TAG(call -> {
        Deed deed = call.notes().call();
        Map<@Nullable String, Long> counts = new HashMap<>();
        call.marks()
                .query()
                .groupBy(TAGS)
                .aggregate(Aggregate.count())
                .forEach(row -> counts.put(row.get(TAGS).get(0), count(row)));
        counts.forEach(
                (tag, count) -> deed.counted("group of tag " + tag, TAGS.contains(Objects.requireNonNull(tag)), count));
        deed.counted(
                "groups of tags",
                TAGS.isEmpty().or(TAGS.containsAny(tags(counts))).not(),
                0);
    });

    /** More ids than a statement takes parameters, on some engines. */
    private static final int MANY = 1100;

    private final Consumer<Call> how;
    private final UnaryOperator<Mark> seenAs;

    ReadAct(Consumer<Call> how) {
        this(how, UnaryOperator.identity());
    }

    ReadAct(Consumer<Call> how, UnaryOperator<Mark> seenAs) {
        this.how = how;
        this.seenAs = seenAs;
    }

    @Override
    public void run(Call call) {
        how.accept(call);
    }

    @Override
    public Mark seenAs(Mark mark) {
        return seenAs.apply(mark);
    }

    static Filter<Mark> everything() {
        return Filter.allOf(List.of());
    }

    private static void getAll(Call call, List<String> ids) {
        Set<String> asked = Set.copyOf(ids);
        Deed deed = call.notes().call();
        deed.listed(
                "getAll of " + ids.size(),
                mark -> asked.contains(mark.key()),
                call.marks().getAll(ids).values());
    }

    private static void list(Call call, Filter<Mark> filter) {
        Deed deed = call.notes().call();
        deed.listed("list where " + filter, filter, call.marks().where(filter).list());
    }

    private static void count(Call call, Filter<Mark> filter) {
        Deed deed = call.notes().call();
        deed.counted("count where " + filter, filter, call.marks().where(filter).count());
    }

    private static long count(Row row) {
        return Objects.requireNonNull(row.get(Aggregate.count()));
    }

    private static long sum(Row row) {
        return Objects.requireNonNull(row.get(NUMBER.sum()));
    }

    /** What a document adds to a sum. */
    private static long number(Mark mark) {
        return mark.number() == null ? 0 : mark.number();
    }

    private static ReadQuery<Mark> ordered(Call call) {
        return Ordered.BY_NUMBER.of(call.marks().query());
    }

    private static Page<Mark> page(Call call, ReadQuery<Mark> query, @Nullable Document<Mark> after) {
        Deed deed = call.notes().call();
        Page<Mark> page = query.page();
        String by = after == null ? "page by number" : "page by number after " + Mark.shown(after.id());
        Ordered.BY_NUMBER.noteTo(deed, by, after, page.items(), page.hasNext());
        return page;
    }

    private static List<String> tags(Map<@Nullable String, Long> counts) {
        List<String> tags = new ArrayList<>(List.of("none"));
        counts.keySet().forEach(tag -> tags.add(Objects.requireNonNull(tag)));
        return tags;
    }
}
