package dev.pagurus.store.tck.paths;

import dev.pagurus.store.Document;
import dev.pagurus.store.Filter;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.tck.samples.Hazards;
import dev.pagurus.store.tck.samples.Model;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Everything about everything that must be in a collection, answered by {@link
 * dev.pagurus.store.tck.samples.Model}.
 *
 * <p>Of every handle is always asked: how many there are, all of them as a stream and by {@code getAll}, how many there are
 * of each value of each field, how many have no value of it, and all in order of each text field. Of the handles in turn:
 * all in every other order, or if they are many the first 25 in some of them; and by values and operators that a random number picks: {@code
 * get} and {@code exists} of ids that occur and nearly occur, the longest ones among them; every field compared with values
 * that occur, the longest text among them, and with some that nearly do; prefixes, lists of values, tags; some of these
 * joined by and, or and not; pages of any size, lists, the times of creation and change; rows of all fields, of each field
 * alone and of what has several tags; the ends of each field, and groups by two.
 */
final class Questions {

    /** As many are listed, however slow the store is. */
    static final int FEW = 150;

    final Schema<Parcel> schema;

    /** In order of their ids. */
    final List<Document<Parcel>> wanted;

    final Random random;
    final Hazards hazards;

    /** Whether lists may be longer than a chunk. */
    final boolean longLists;

    private final List<Question> always = new ArrayList<>();
    private final List<Question> inTurn = new ArrayList<>();

    /**
     * Thinks of questions.
     *
     * @param longLists whether the store declares snapshots, without which a long list is none
     */
    Questions(Wanted wanted, Random random, Hazards hazards, boolean longLists) {
        this.schema = wanted.schema();
        this.wanted = Model.list(wanted.documents(), Filter.allOf(List.of()), List.of());
        this.random = random;
        this.hazards = hazards;
        this.longLists = longLists || this.wanted.size() < 2 * FEW;
        new WholeQuestions(this).think();
        new IdQuestions(this).think();
        new FieldQuestions(this).think();
        new RowQuestions(this).think();
        new GroupQuestions(this).think();
    }

    /**
     * Asks all of them.
     *
     * @param collections the same collection as several handles have it, by what these are called
     */
    void ask(Map<String, ? extends ReadableCollection<Parcel>> collections) {
        for (Question question : always) {
            collections.forEach((who, collection) -> question.ask(collection, who));
        }
        List<String> who = new ArrayList<>(collections.keySet());
        Collections.shuffle(who, random);
        for (int i = 0; i < inTurn.size(); i++) {
            String next = who.get(i % who.size());
            ReadableCollection<Parcel> collection = collections.get(next);
            if (collection != null) {
                inTurn.get(i).ask(collection, next);
            }
        }
    }

    /** Is asked of every handle. */
    void always(Supplier<String> text, Supplier<Object> right, Function<ReadableCollection<Parcel>, Object> call) {
        always(new Question(text, right, call));
    }

    void always(Question question) {
        always.add(question);
    }

    /** Is asked of one of the handles. */
    void once(Supplier<String> text, Supplier<Object> right, Function<ReadableCollection<Parcel>, Object> call) {
        once(new Question(text, right, call));
    }

    void once(Question question) {
        inTurn.add(question);
    }

    /** Whether everything may be listed again and again. */
    boolean few() {
        return wanted.size() <= FEW;
    }

    /** Returns some of these, in no order; all if there are not more. */
    <V> List<V> some(List<V> all, int most) {
        List<V> mixed = new ArrayList<>(all);
        Collections.shuffle(mixed, random);
        return mixed.subList(0, Math.min(most, mixed.size()));
    }
}
