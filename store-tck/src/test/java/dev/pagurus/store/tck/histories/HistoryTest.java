package dev.pagurus.store.tck.histories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pagurus.store.Document;
import dev.pagurus.store.Filter;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The judge itself: histories that are wrong are found so, and those that look like it and are right are not. */
class HistoryTest {

    private static final Filter<Mark> TAGGED = Mark.TAGS.contains("x");
    private static final Filter<Mark> SEVEN = Mark.NUMBER.eq(7L);

    private final History history = new History();
    private long version = 1000;

    @Test
    void aLostUpdateIsFound() {
        Document<Mark> x = start("x");
        Deed one = transaction();
        Deed two = transaction();
        one.saw("get", x);
        two.saw("get", x);
        one.wrote("put", over(x));
        two.wrote("put", over(x));
        requireFound("No serial order explains it", "transaction 2", "transaction 3", "did not see");
    }

    @Test
    void anUpdateThatSawTheOtherIsNone() {
        Document<Mark> x = start("x");
        Deed one = transaction();
        Deed two = transaction();
        one.saw("get", x);
        Document<Mark> changed = over(x);
        one.wrote("put", changed);
        two.saw("get", changed);
        two.wrote("put", over(changed));
        requireFine();
    }

    @Test
    void aWriteSkewByGetIsFound() {
        Document<Mark> x = start("x");
        Document<Mark> y = start("y");
        Deed one = transaction();
        Deed two = transaction();
        one.saw("get", x);
        two.saw("get", y);
        one.wrote("put", over(y));
        two.wrote("put", over(x));
        requireFound("No serial order explains it");
    }

    @Test
    void aWriteSkewByWhatIsMissingIsFound() {
        Deed one = transaction();
        Deed two = transaction();
        one.missing("get", "x");
        two.missing("exists", "y");
        one.wrote("put", document("y"));
        two.wrote("put", document("x"));
        requireFound("No serial order explains it", "did not see this of the next yet: 'x'");
    }

    @Test
    void aWriteSkewByListsIsFound() {
        Deed one = transaction();
        Deed two = transaction();
        one.listed("list", SEVEN, List.of());
        two.listed("list", SEVEN, List.of());
        one.wrote("put", document("y"));
        two.wrote("put", document("x"));
        requireFound("No serial order explains it");
    }

    @Test
    void listsThatNeverMatchTheOtherAreNoSkew() {
        Deed one = transaction();
        Deed two = transaction();
        one.listed("list", Mark.NUMBER.eq(8L), List.of());
        two.listed("list", Mark.NUMBER.eq(8L), List.of());
        one.wrote("put", document("y"));
        two.wrote("put", document("x"));
        requireFine();
    }

    @Test
    void aWriteSkewByCountsIsFound() {
        start("a");
        Deed one = transaction();
        Deed two = transaction();
        one.counted("count", SEVEN, 1);
        two.counted("count", SEVEN, 1);
        one.wrote("put", document("y"));
        two.wrote("put", document("x"));
        requireFound("No serial order explains it");
    }

    @Test
    void aCountThatIncludesTheOtherIsNoSkew() {
        start("a");
        Deed one = transaction();
        Deed two = transaction();
        one.counted("count", SEVEN, 1);
        one.wrote("put", document("y"));
        two.counted("count", SEVEN, 2);
        two.wrote("put", document("x"));
        two.counted("count", SEVEN, 3);
        requireFine();
    }

    @Test
    void aCountOfMoreThanThereEverWereIsFound() {
        start("a");
        transaction().counted("count", SEVEN, 2);
        requireFound("At its time there were 1 to 1");
    }

    @Test
    void aWriteSkewByTagsIsFound() {
        Deed one = transaction();
        Deed two = transaction();
        one.listed("list", TAGGED, List.of());
        two.counted("count", TAGGED, 0);
        one.wrote("put", document("y"));
        two.wrote("put", document("x"));
        requireFound("No serial order explains it");
    }

    @Test
    void aWriteSkewByAUniqueValueIsFound() {
        Document<Mark> holder = document("x", document("x").value().withCode("c"), null);
        committed().wrote("put", holder);
        Document<Mark> y = start("y");
        Deed one = transaction();
        Deed two = transaction();
        one.matched("insert", mark -> "c".equals(mark.code()), 1, 1);
        two.saw("get", y);
        one.wrote("put", over(y));
        two.saw("get", holder);
        two.wrote("put", document("x", holder.value().withCode(null), holder.createdAt()));
        requireFound("No serial order explains it");
    }

    @Test
    void aReadSkewIsFound() {
        Document<Mark> x = start("x");
        Document<Mark> y = start("y");
        Deed reader = transaction();
        Deed writer = transaction();
        reader.saw("get", x);
        writer.wrote("put", over(x));
        Document<Mark> changed = over(y);
        writer.wrote("put", changed);
        reader.saw("get", changed);
        requireFound("No serial order explains it", "saw this of it");
    }

    @Test
    void anAbortedReadIsFound() {
        Deed writer = transaction();
        Document<Mark> x = document("x");
        writer.wrote("put", x);
        transaction().saw("get", x);
        writer.is(Deed.Fate.ABORTED);
        requireFound("rolled back");
    }

    @Test
    void whatATransactionOverwroteItselfIsFound() {
        Deed writer = transaction();
        Document<Mark> x = document("x");
        writer.wrote("put", x);
        writer.wrote("put", over(x));
        transaction().saw("get", x);
        requireFound("overwrote before it was done");
    }

    @Test
    void aValueOfNobodyIsFound() {
        transaction().saw("get", document("x"));
        requireFound("nobody wrote");
    }

    @Test
    void aCircleOfInformationIsFound() {
        Document<Mark> x = start("x");
        Document<Mark> y = start("y");
        Deed one = transaction();
        Deed two = transaction();
        Document<Mark> newX = over(x);
        Document<Mark> newY = over(y);
        one.wrote("put", newX);
        two.wrote("put", newY);
        one.saw("get", newY);
        two.saw("get", newX);
        requireFound("No serial order explains it");
    }

    @Test
    void aStaleReadIsFoundAndAReadBesideTheWriteIsNot() {
        Document<Mark> x = start("x");
        Deed beside = transaction();
        committed().wrote("put", over(x));
        beside.saw("get", x);
        requireFine();
        committed().saw("get", x);
        requireFound("No serial order explains it", "had returned before");
    }

    @Test
    void aStaleCountIsFound() {
        start("x");
        start("y");
        committed().counted("count", SEVEN, 1);
        requireFound("At its time there were 2 to 2");
    }

    @Test
    void aPhantomIsFound() {
        Document<Mark> a = start("a");
        Deed reader = transaction();
        Deed writer = transaction();
        reader.counted("count", SEVEN, 1);
        Document<Mark> x = document("x");
        writer.wrote("insert", x);
        reader.listed("list", TAGGED, List.of(a, x));
        requireFound("At its time there were 2 to 2", "count saw 1");
    }

    @Test
    void whatIsInAnotherCollectionNeedNotBeSeen() {
        Document<Mark> x = start("x");
        start("y");
        Deed one = committed();
        one.isOn("x"::equals);
        one.listed("list", TAGGED, List.of(x));
        one.counted("count", SEVEN, 1);
        requireFine();
    }

    @Test
    void aWriteSkewOverTwoCollectionsIsFound() {
        Document<Mark> x = start("x");
        Document<Mark> y = start("y");
        Deed one = transaction();
        Deed two = transaction();
        one.isOn("x"::equals);
        one.counted("count", SEVEN, 1);
        two.isOn("y"::equals);
        two.counted("count", SEVEN, 1);
        one.wrote("put", withoutNumber(y));
        two.wrote("put", withoutNumber(x));
        requireFound("No serial order explains it");
    }

    @Test
    void whatWasDeletedAndIsSeenAgainIsFound() {
        Document<Mark> x = start("x");
        Deed deleter = committed();
        deleter.present("delete", "x");
        deleter.deleted("delete", "x");
        committed().saw("get", x);
        requireFound("No serial order explains it");
    }

    @Test
    void aDeletedVersionThatIsWrittenOverIsFound() {
        Document<Mark> x = start("x");
        Deed one = transaction();
        Deed two = transaction();
        one.saw("get", x);
        two.saw("get", x);
        one.deleted("delete", "x");
        two.wrote("replace", over(x));
        requireFound("No serial order explains it");
    }

    @Test
    void twoThatDeleteTheSameAreFound() {
        start("x");
        Deed one = transaction();
        Deed two = transaction();
        one.present("delete", "x");
        one.deleted("delete", "x");
        two.present("delete", "x");
        two.deleted("delete", "x");
        look();
        requireFound("Two have deleted the same version");
    }

    @Test
    void whatNobodyDeletedMustBeThereInTheEnd() {
        start("x");
        look();
        requireFound("Nobody deleted 'x'");
    }

    @Test
    void lifeAfterDeathIsFine() {
        Document<Mark> x = start("x");
        Deed deleter = committed();
        deleter.saw("get", x);
        deleter.deleted("delete", "x");
        committed().missing("get", "x");
        Document<Mark> again = document("x");
        Deed creator = committed();
        creator.missing("insert", "x");
        creator.wrote("insert", again);
        committed().saw("get", again);
        requireFine();
    }

    @Test
    void whoseFateIsUnknownHappenedIfItIsSeenAndOnlyThen() {
        Document<Mark> x = start("x");
        Deed lost = transaction();
        lost.wrote("updateAll", over(x).value());
        lost.is(Deed.Fate.UNKNOWN);
        committed().saw("get", x);
        requireFine();
        Deed seen = transaction();
        Document<Mark> changed = over(x);
        seen.wrote("updateAll", changed.value());
        seen.is(Deed.Fate.UNKNOWN);
        committed().saw("get", changed);
        requireFine();
        committed().saw("get", x);
        requireFound("No serial order explains it");
    }

    /** An updateAll that changed one of two documents does not say which; then somebody writes over both. */
    @Test
    void whoseFateIsUnknownMayHaveBeenCountedBeforeItWasOverwritten() {
        Document<Mark> x = start("x");
        Deed perhaps = transaction();
        perhaps.saw("updateAll", x.value());
        perhaps.wrote("updateAll", withoutNumber(x).value());
        committed().counted("count", SEVEN, 0);
        Document<Mark> last = over(x);
        committed().wrote("put", last);
        perhaps.is(Deed.Fate.UNKNOWN);
        committed().saw("get", last);
        requireFine();
    }

    @Test
    void whoseFateIsUnknownIsNotCountedAfterItWasOverwritten() {
        Document<Mark> x = start("x");
        Deed perhaps = transaction();
        perhaps.wrote("updateAll", withoutNumber(x).value());
        perhaps.is(Deed.Fate.UNKNOWN);
        committed().counted("count", SEVEN, 0);
        committed().wrote("put", over(x));
        requireFine();
        committed().counted("count", SEVEN, 0);
        requireFound("No serial order explains it");
    }

    @Test
    void whoseFateIsUnknownIsNotCountedBeforeItBegan() {
        Document<Mark> x = start("x");
        committed().counted("count", SEVEN, 0);
        Deed perhaps = committed();
        perhaps.wrote("updateAll", withoutNumber(x).value());
        perhaps.is(Deed.Fate.UNKNOWN);
        requireFound("No serial order explains it");
    }

    /** It changed what was there, so that it takes no deletion its place. */
    @Test
    void whatWasDeletedAfterwardsStaysGone() {
        Document<Mark> x = start("x");
        Deed perhaps = committed();
        perhaps.wrote("updateAll", withoutNumber(x).value());
        perhaps.is(Deed.Fate.UNKNOWN);
        Deed deleter = committed();
        deleter.present("delete", "x");
        deleter.deleted("delete", "x");
        committed().missing("get", "x");
        requireFine();
        committed().saw("get", x);
        requireFound("No serial order explains it");
    }

    @Test
    void whatWasNotAnsweredMayHaveHappenedOrNot() {
        Document<Mark> x = start("x");
        Document<Mark> y = start("y");
        Document<Mark> z = start("z");
        unanswered(deed -> deed.wrote("put", over(x).value()));
        unanswered(deed -> {
            deed.present("delete", "y");
            deed.deleted("delete", "y");
        });
        unanswered(deed -> {
            deed.present("delete", "z");
            deed.deleted("delete", "z");
        });
        committed().saw("get", x);
        committed().missing("get", "y");
        committed().saw("get", z);
        requireFine();
        committed().saw("get", y);
        requireFound("Nor does an order explain it", "'y'");
    }

    @Test
    void whatWasNotAnsweredAndSeenStays() {
        Document<Mark> x = start("x");
        Document<Mark> changed = over(x);
        unanswered(deed -> deed.wrote("put", changed.value()));
        committed().saw("get", changed);
        requireFine();
        committed().saw("get", x);
        requireFound("No serial order explains it");
    }

    /** However late it happens, and whoever looks in vain before. */
    @Test
    void whatWasNotAnsweredMayHappenLater() {
        Document<Mark> x = start("x");
        Document<Mark> changed = over(x);
        unanswered(deed -> deed.wrote("put", changed.value()));
        committed().saw("get", x);
        committed().saw("get", changed);
        requireFine();
    }

    @Test
    void halfATransactionThatWasNotAnsweredIsFound() {
        Document<Mark> x = start("x");
        Document<Mark> y = start("y");
        Document<Mark> changed = over(x);
        unanswered(deed -> {
            deed.saw("get", y);
            deed.wrote("put", changed.value());
            deed.wrote("put", over(y));
        });
        committed().saw("get", y);
        requireFine();
        Deed look = committed();
        look.saw("get", changed);
        look.saw("get", y);
        requireFound("No serial order explains it");
    }

    @Test
    void halfATransactionThatDeletesAndWasNotAnsweredIsFound() {
        Document<Mark> x = start("x");
        start("y");
        unanswered(deed -> {
            deed.wrote("put", over(x).value());
            deed.present("delete", "y");
            deed.deleted("delete", "y");
        });
        committed().saw("get", x);
        requireFine();
        committed().missing("get", "y");
        Deed look = history.begin(History.NO_PARTY, "look", System.nanoTime());
        look.saw("get", x);
        look.missing("get", "y");
        requireFound("Nobody deleted 'y'");
    }

    @Test
    void whatWasRefusedAndIsThereIsFound() {
        Document<Mark> x = start("x");
        Document<Mark> refused = over(x);
        Deed deed = transaction();
        deed.wrote("put", refused.value());
        deed.is(Deed.Fate.ABORTED);
        committed().saw("get", refused);
        requireFound("rolled back");
    }

    @Test
    void anAcknowledgedWriteThatACrashLosesIsFound() {
        Document<Mark> x = start("x");
        committed().wrote("put", over(x));
        unanswered(deed -> deed.wrote("put", over(x).value()));
        committed().saw("get", x);
        requireFound("No serial order explains it");
    }

    private void unanswered(Consumer<Deed> does) {
        Deed deed = transaction();
        does.accept(deed);
        deed.is(Deed.Fate.UNANSWERED);
    }

    @Test
    void oneMustSeeItsOwnWrites() {
        Deed deed = transaction();
        deed.wrote("put", document("x"));
        assertThatThrownBy(() -> deed.missing("get", "x")).hasMessageContaining("did not see what it wrote itself");
        assertThatThrownBy(() -> deed.saw("get", document("x"))).hasMessageContaining("instead");
    }

    @Test
    void theShortestCircleIsShown() {
        Document<Mark> x = start("x");
        for (int i = 0; i < 50; i++) {
            committed().saw("get", x);
        }
        committed().wrote("put", over(x));
        for (int i = 0; i < 50; i++) {
            committed().missing("get", "y");
        }
        committed().saw("get", x);
        String found = catchThrowable(history::requireSerializable).toString();
        assertThat(found.lines().filter(line -> line.startsWith("- ")))
                .as("the deeds of the circle")
                .hasSize(2);
    }

    /** Has a document there before everything. */
    private Document<Mark> start(String id) {
        Document<Mark> document = document(id);
        committed().wrote("put", document);
        return document;
    }

    private Deed transaction() {
        return history.begin(1, "transaction", System.nanoTime());
    }

    /** Begins when all others have ended. */
    private Deed committed() {
        long now = System.nanoTime();
        while (System.nanoTime() == now) {
            Thread.onSpinWait();
        }
        return history.begin(1, "call", System.nanoTime());
    }

    private void look() {
        Deed look = history.begin(History.NO_PARTY, "look", System.nanoTime());
        look.listed("getAll", ReadAct.everything(), List.of());
    }

    private Document<Mark> document(String id) {
        return document(id, new Mark(id, 0, 7L, "t", Set.of("x"), null), null);
    }

    private Document<Mark> withoutNumber(Document<Mark> old) {
        return document(old.id(), new Mark(old.id(), 0, null, "t", Set.of("x"), null), old.createdAt());
    }

    /** Returns the next version of a document. */
    private Document<Mark> over(Document<Mark> old) {
        return document(old.id(), old.value(), old.createdAt());
    }

    private Document<Mark> document(String id, Mark mark, @Nullable Instant created) {
        long next = version++;
        Instant since = created == null ? Instant.ofEpochSecond(next) : created;
        return new Document<>(id, next, since, mark.stamped(history.stamp()));
    }

    private void requireFine() {
        assertThatCode(history::requireSerializable).doesNotThrowAnyException();
    }

    private void requireFound(String... words) {
        assertThatThrownBy(history::requireSerializable)
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll(words);
    }
}
