package dev.pagurus.store.tck.words;

import static dev.pagurus.store.tck.words.Saying.WORDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Filter;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.WordsField;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Proves;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Group Q: words where something ends: the units of an encoding, a chunk of documents, a list of words. */
public abstract class WordsAtLimitsClauses extends ClauseGroup {

    private static final int THOUSANDS = 2_600;
    private static final int LONG_TEXT = 3_000;

    private static final String LONG =
            IntStream.range(0, LONG_TEXT).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));

    protected WordsAtLimitsClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    /** Letters behind which the last unit of an encoding begins anew, and their neighbours; each is a word of its own. */
    private static List<String> letters() {
        IntPredicate ends = point -> (point & 0x3FF) == 0x3FF || (point < 0x3000 && (point & 0x3F) == 0x3F);
        return IntStream.rangeClosed('a', Character.MAX_CODE_POINT)
                .filter(point -> ends.test(point) || ends.test(point - 1))
                .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                .mapToObj(Character::toString)
                .filter(letter -> WORDS.words(letter).equals(List.of(letter)))
                .toList();
    }

    @Proves(Clause.Q63)
    void aBeginningEndsWhereItsLastCharacterDoes() {
        List<String> letters = letters();
        assertThat(letters).as("letters at the ends of units").hasSizeGreaterThan(100);
        Map<String, List<String>> words = new LinkedHashMap<>();
        List<Saying> all = new ArrayList<>();
        for (String letter : letters) {
            words.put(String.valueOf(all.size() + 10_000), WORDS.words(letter + letter));
            all.add(new Saying(letter + letter, all.size() + 10_000L));
        }
        DocumentCollection<Saying> sayings = store.collection(Saying.INDEXED);
        sayings.insertAll(all.stream(), saying -> String.valueOf(saying.number()), OnConflict.FAIL);
        for (String letter : letters) {
            assertThat(sayings.where(WORDS.hasPrefix(letter)).list().stream()
                            .map(Document::id)
                            .toList())
                    .as("what begins with U+%X", letter.codePointAt(0))
                    .isEqualTo(words.entrySet().stream()
                            .filter(one -> one.getValue().stream().anyMatch(word -> word.startsWith(letter)))
                            .map(Map.Entry::getKey)
                            .toList());
        }
    }

    @Proves(Clause.Q64)
    void wordsThatThousandsHaveAreFoundTogether() {
        DocumentCollection<Saying> sayings = store.collection(Saying.INDEXED);
        sayings.insertAll(
                IntStream.range(0, THOUSANDS)
                        .mapToObj(i -> new Saying(
                                "every " + (i % 2 == 0 ? "even" : "odd") + " third" + i % 3
                                        + (i % 500 == 499 ? " rare" : "") + " own" + i,
                                i)),
                saying -> String.valueOf(10_000 + saying.number()),
                OnConflict.FAIL);
        requireFound(sayings, WORDS.hasAll("every even"), i -> i % 2 == 0);
        requireFound(sayings, WORDS.hasAll("odd every third1"), i -> i % 2 == 1 && i % 3 == 1);
        requireFound(sayings, WORDS.hasPrefix("every thi"), i -> true);
        requireFound(sayings, WORDS.hasPrefix("even every third2"), i -> i % 2 == 0 && i % 3 == 2);
        requireFound(sayings, WORDS.hasAll("every rare"), i -> i % 500 == 499);
        requireFound(sayings, WORDS.hasPrefix("rare every od"), i -> i % 500 == 499);
        requireFound(sayings, WORDS.hasAll("every even").not(), i -> i % 2 == 1);
        requireFound(
                sayings,
                WORDS.hasAll("third0").and(WORDS.hasPrefix("od")).and(Saying.NUMBER.gte(2_000L)),
                i -> i % 3 == 0 && i % 2 == 1 && i >= 2_000);
        // Beginnings of as many words as there are documents, and of some hundreds.
        requireFound(sayings, WORDS.hasPrefix("o"), i -> true);
        requireFound(sayings, WORDS.hasPrefix("even own"), i -> i % 2 == 0);
        requireFound(sayings, WORDS.hasPrefix("own2"), i -> String.valueOf(i).startsWith("2"));
        requireFound(sayings, WORDS.hasPrefix("own").not(), i -> false);
        requireFound(
                sayings,
                WORDS.hasPrefix("third1 own25").not(),
                i -> i % 3 != 1 || !String.valueOf(i).startsWith("25"));
    }

    /** How many there are, and the last of them. */
    private static void requireFound(DocumentCollection<Saying> sayings, Filter<Saying> filter, IntPredicate right) {
        List<Long> found = IntStream.range(0, THOUSANDS)
                .filter(right)
                .asLongStream()
                .boxed()
                .toList();
        assertThat(sayings.where(filter).count()).as("how many have %s", filter).isEqualTo(found.size());
        assertThat(sayings.where(filter).orderBy(Saying.NUMBER.desc()).limit(3).list().stream()
                        .map(document -> document.value().number())
                        .toList())
                .as("the last that have %s", filter)
                .isEqualTo(Stream.iterate(found.size() - 1, i -> i - 1)
                        .limit(Math.min(3, found.size()))
                        .map(found::get)
                        .toList());
    }

    /** Whichever way a text goes that has thousands of words, all of them go. */
    @Proves(Clause.Q65)
    void allWordsOfALongTextGoWithIt() {
        Saying left = new Saying("left", 1);
        Map<String, Consumer<DocumentCollection<Saying>>> ways = new LinkedHashMap<>();
        ways.put("put", sayings -> sayings.put("a", left));
        ways.put("replace", sayings -> sayings.replace(existing(sayings, "a").withValue(left)));
        ways.put("compute", sayings -> sayings.compute("a", was -> Optional.of(left)));
        ways.put("delete", sayings -> sayings.delete("a"));
        ways.put("putAll", sayings -> sayings.putAll(Stream.of(left), saying -> "a", OnConflict.FAIL));
        ways.put("updateAll", sayings -> sayings.where(WORDS.hasAll("w2999")).updateAll(saying -> left));
        ways.put("claim", sayings -> sayings.where(WORDS.hasAll("w1")).claimFirst(saying -> left));
        if (has(Capability.TRANSACTIONS)) {
            ways.put("deleteAll", sayings -> sayings.where(WORDS.hasAll("w0")).deleteAll());
            ways.put(
                    "put in a transaction",
                    sayings -> store.runTransaction(
                            tx -> tx.collection(Saying.INDEXED).put("a", left)));
        }
        DocumentCollection<Saying> sayings = store.collection(Saying.INDEXED);
        sayings.put("b", new Saying("w2998 stays", 2));
        ways.forEach((name, way) -> {
            sayings.put("a", new Saying(LONG, 1));
            way.accept(sayings);
            sayings.put("a", left);
            assertThat(sayings.query().countBy(WORDS))
                    .as("words when a long text has gone by %s", name)
                    .isEqualTo(Map.of("left", 1L, "stays", 1L, "w2998", 1L));
        });
    }

    @Proves(Clause.Q66)
    void anotherRevisionLeavesNoWordOfALongText() {
        store.collection(Saying.INDEXED).put("a", new Saying(LONG, 1));
        WordsField<Saying> ofNumbers = WordsField.of("words", saying -> "number " + saying.number());
        Schema<Saying> raised = Schema.of("sayings", Saying.class)
                .index(ofNumbers)
                .index(Saying.NUMBER)
                .revision(2);
        assertThat(store.collection(raised).query().countBy(ofNumbers))
                .as("words by the new revision")
                .isEqualTo(Map.of("1", 1L, "number", 1L));
        store.collection(
                raised.index(WordsField.<Saying>of("more", Saying::text)).revision(3));
        Schema<Saying> again = Saying.INDEXED.revision(4);
        assertThat(store.collection(again).where(WORDS.hasAll("w0 w1500 w2999")).count())
                .as("what is found by the words that are back")
                .isOne();
    }
}
