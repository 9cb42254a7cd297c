package dev.pagurus.store.tck.histories;

import static dev.pagurus.store.tck.histories.Mark.KEY;
import static dev.pagurus.store.tck.histories.Mark.NUMBER;

import dev.pagurus.store.BulkResult;
import dev.pagurus.store.Document;
import dev.pagurus.store.DuplicateIdException;
import dev.pagurus.store.Filter;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Query;
import dev.pagurus.store.tck.histories.Act.Call;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Writes of many documents: one step in a transaction, and on the store a step for each of them. */
final class BulkWrites {

    private static final int MOST_CLAIMED = 5;

    private BulkWrites() {}

    static void insertAll(Call call) {
        Deed first = call.notes().call();
        Map<String, Mark> marks = both(call);
        mayHave(call, "insertAll", marks, (deed, mark) -> deed.missing("insertAll", mark.key()));
        BulkResult result = call.writes().insertAll(marks.values().stream(), Mark::key, OnConflict.FAIL);
        Map<String, Mark> written = new LinkedHashMap<>(marks);
        for (BulkResult.Failure failure : result.failures()) {
            requireDuplicate(failure);
            written.remove(failure.id());
        }
        if (written.size() != result.written()) {
            throw new AssertionError("insertAll of " + marks.values() + " says " + result);
        }
        for (String id : marks.keySet()) {
            Deed deed = call.notes().isWhole() ? first : call.notes().also();
            Mark mark = written.get(id);
            if (mark == null) {
                deed.present("insertAll", id);
            } else {
                deed.missing("insertAll", id);
                deed.wrote("insertAll", mark);
            }
        }
        lookAgain(call, marks);
    }

    static void putAll(Call call) {
        Deed first = call.notes().call();
        Map<String, Mark> marks = both(call);
        mayHave(call, "putAll", marks, (deed, mark) -> {});
        BulkResult result = call.writes().putAll(marks.values().stream(), Mark::key, OnConflict.FAIL);
        if (result.written() != marks.size()) {
            throw new AssertionError("putAll of " + marks.values() + " says " + result);
        }
        for (Mark mark : marks.values()) {
            (call.notes().isWhole() ? first : call.notes().also()).wrote("putAll", mark);
        }
        lookAgain(call, marks);
    }

    static void updateAll(Call call) {
        Filter<Mark> filter = KEY.in(List.of(call.id(), call.other().key())).and(NUMBER.isNotNull());
        Map<String, Mark> old = new LinkedHashMap<>();
        Map<String, Mark> changed = new LinkedHashMap<>();
        Deed first = call.notes().call();
        mayHave(call, "updateAll", changed, (deed, mark) -> deed.saw("updateAll", old.getOrDefault(mark.key(), mark)));
        long count = call.writes().where(filter).updateAll(mark -> {
            old.put(mark.key(), mark);
            Mark next =
                    call.about().at(mark.key()).stamped(call.notes().stamp()).withCode(mark.code());
            changed.put(mark.key(), next);
            return next;
        });
        if (count > changed.size() || (call.notes().isWhole() && count < changed.size())) {
            throw new AssertionError("updateAll of " + old.keySet() + " says " + count);
        }
        if (call.notes().isWhole()) {
            changedAtOnce(first, "updateAll", filter, old, changed);
        } else {
            // Each is changed on its own; one that was called for in vain is not counted.
            for (Map.Entry<String, Mark> one : changed.entrySet()) {
                Deed deed = call.notes().also();
                deed.saw("updateAll", old.getOrDefault(one.getKey(), one.getValue()));
                deed.wrote("updateAll", one.getValue());
                deed.is(fate(count, changed.size()));
            }
        }
        lookAgain(call, changed);
    }

    private static void changedAtOnce(
            Deed deed, String by, Filter<Mark> filter, Map<String, Mark> old, Map<String, Mark> changed) {
        old.values().forEach(mark -> deed.saw(by, mark));
        Predicate<Mark> others = Deed.matching(filter);
        deed.matched(by, mark -> others.test(mark) && !old.containsKey(mark.key()), 0, 0);
        changed.values().forEach(mark -> deed.wrote(by, mark));
    }

    static void claim(Call call) {
        claim(
                call,
                "claim",
                KEY.in(List.of(call.id(), call.other().key())).and(NUMBER.isNotNull()),
                (query, change) -> query.limit(MOST_CLAIMED).claim(change));
    }

    static void claimFirst(Call call) {
        claim(
                call,
                "claimFirst",
                KEY.eq(call.id()).and(NUMBER.isNotNull()),
                (query, change) -> query.claimFirst(change).map(List::of).orElse(List.of()));
    }

    /** On the store each is taken on its own, and of what was not to be had nothing is said. */
    private static void claim(
            Call call,
            String by,
            Filter<Mark> filter,
            BiFunction<Query<Mark>, UnaryOperator<Mark>, List<Document<Mark>>> claims) {
        Map<String, Mark> old = new LinkedHashMap<>();
        Map<String, Mark> changed = new LinkedHashMap<>();
        Deed first = call.notes().call();
        mayHave(call, by, changed, (deed, mark) -> deed.saw(by, old.getOrDefault(mark.key(), mark)));
        List<String> claimed = claims
                .apply(call.writes().where(filter), mark -> {
                    old.put(mark.key(), mark);
                    Mark next = call.about()
                            .at(mark.key())
                            .stamped(call.notes().stamp())
                            .withCode(mark.code());
                    changed.put(mark.key(), next);
                    return next;
                })
                .stream()
                .map(Document::id)
                .toList();
        if (!changed.keySet().containsAll(claimed) || (call.notes().isWhole() && claimed.size() < changed.size())) {
            throw new AssertionError(by + " of " + changed.keySet() + " says " + claimed);
        }
        if (call.notes().isWhole()) {
            changedAtOnce(first, by, filter, old, changed);
        } else {
            changed.keySet().retainAll(claimed);
            for (Map.Entry<String, Mark> one : changed.entrySet()) {
                Deed deed = call.notes().also();
                deed.saw(by, old.getOrDefault(one.getKey(), one.getValue()));
                deed.wrote(by, one.getValue());
            }
        }
        lookAgain(call, changed);
    }

    /** Says what became of each of some changes of which so many were made; where it was not all, nobody says which. */
    private static Deed.Fate fate(long made, int called) {
        return made == called ? Deed.Fate.COMMITTED : made == 0 ? Deed.Fate.ABORTED : Deed.Fate.UNKNOWN;
    }

    /** Each may have happened, and the others not. */
    private static void mayHave(Call call, String by, Map<String, Mark> written, BiConsumer<Deed, Mark> found) {
        call.notes().mayHave(fate -> {
            for (Mark mark : written.values()) {
                Deed deed = call.notes().also();
                found.accept(deed, mark);
                deed.wrote(by, mark);
                deed.is(Deed.Fate.UNANSWERED);
            }
        });
    }

    /** What returns no document does not tell the version that it wrote. */
    private static void lookAgain(Call call, Map<String, Mark> written) {
        List<String> ids = List.copyOf(written.keySet());
        Deed deed = call.notes().call();
        deed.listed(
                "getAll",
                mark -> ids.contains(mark.key()),
                call.marks().getAll(ids).values());
    }

    private static Map<String, Mark> both(Call call) {
        Map<String, Mark> both = new LinkedHashMap<>();
        both.put(call.id(), call.about().withCode(null));
        both.putIfAbsent(call.other().key(), call.other().withCode(null));
        return both;
    }

    private static void requireDuplicate(BulkResult.Failure failure) {
        if (!(failure.reason() instanceof DuplicateIdException)) {
            throw new AssertionError(
                    "insertAll refused " + failure.id() + " for " + failure.reason(), failure.reason());
        }
    }
}
