package dev.pagurus.store.tck.words;

import static dev.pagurus.store.tck.words.Saying.ACCENTED;
import static dev.pagurus.store.tck.words.Saying.NUMBER;
import static dev.pagurus.store.tck.words.Saying.WORDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Filter;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.WordsField;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Proves;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Group Q: what is found by words, and what is not. */
public abstract class WordsClauses extends ClauseGroup {

    private static final List<Schema<Saying>> SCHEMAS = List.of(Saying.INDEXED, Saying.PLAIN);

    private static final List<String> TEXTS = List.of(
            "The hermit crab",
            "Crabs have no shell",
            "CRAB: a crab's SHELL",
            "Crème brûlée, Straße",
            "ΟΔΥΣΣΕΥΣ ёлка",
            "שָׁלוֹם مُحَمَّد ٢٠٢٦",
            "हिन्दी",
            "东京大学",
            "東京タワー",
            "서울에서",
            "ที่นี่",
            "\uD801\uDC00\uD801\uDC01 emoji \uD83E\uDD80",
            "'q' & !\\ | (s):* \"z\" %_ it''s",
            "... !",
            "");

    protected WordsClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    private static String id(int number) {
        return "s" + (char) ('a' + number);
    }

    /** Fills both collections; the last document has no text at all. */
    private List<DocumentCollection<Saying>> filled() {
        List<DocumentCollection<Saying>> all = new ArrayList<>();
        for (Schema<Saying> schema : SCHEMAS) {
            DocumentCollection<Saying> sayings = store.collection(schema);
            for (int i = 0; i < TEXTS.size(); i++) {
                sayings.put(id(i), new Saying(TEXTS.get(i), i));
            }
            sayings.put(id(TEXTS.size()), new Saying(null, TEXTS.size()));
            all.add(sayings);
        }
        return all;
    }

    private static List<String> ids(DocumentCollection<Saying> sayings, Filter<Saying> filter) {
        return sayings.where(filter).list().stream().map(Document::id).toList();
    }

    private static List<String> numbered(List<Integer> numbers) {
        return numbers.stream().map(WordsClauses::id).toList();
    }

    /** What is found by a filter, and by its opposite. */
    private static void requireFound(
            DocumentCollection<Saying> sayings, String what, Filter<Saying> filter, List<Integer> found) {
        assertThat(ids(sayings, filter)).as("found by %s", what).isEqualTo(numbered(found));
        assertThat(ids(sayings, filter.not()))
                .as("found by the opposite of %s", what)
                .isEqualTo(numbered(IntStream.rangeClosed(0, TEXTS.size())
                        .boxed()
                        .filter(number -> !found.contains(number))
                        .toList()));
    }

    private static final List<Integer> ALL =
            IntStream.rangeClosed(0, TEXTS.size()).boxed().toList();

    @Proves(Clause.Q62)
    void aDocumentIsFoundByEveryWordOfItsText() {
        for (DocumentCollection<Saying> sayings : filled()) {
            requireAll(sayings, "crab", 0, 2);
            requireAll(sayings, "Shell, crab!", 2);
            requireAll(sayings, "hermit crab the crab", 0);
            requireAll(sayings, "crabs", 1);
            requireAll(sayings, "cra");
            requireAll(sayings, "hermit crabs");
            requireAll(sayings, "strasse creme", 3);
            requireAll(sayings, "Οδυσσεύς", 4);
            requireAll(sayings, "елка", 4);
            requireAll(sayings, "2026 שלום محمد", 5);
            requireAll(sayings, "हिन्दी", 6);
            requireAll(sayings, "हिन्द");
            requireAll(sayings, "京", 7, 8);
            requireAll(sayings, "东京", 7);
            requireAll(sayings, "京大学", 7);
            requireAll(sayings, "大京");
            requireAll(sayings, "ﾀﾜｰ", 8);
            requireAll(sayings, "서울에서", 9);
            requireAll(sayings, "นี่", 10);
            requireAll(sayings, "\uD801\uDC28\uD801\uDC29", 11);
            requireAll(sayings, "q s z it", 12);
            requireAll(sayings, "crab | shell", 2);
            requireAll(sayings, "crab & q");
            requireAll(sayings, "S", 2, 12);
        }
    }

    /** Each word is a node of the filter; who pastes a text into a box asks for many. */
    @Proves(Clause.Q13)
    void asManyWordsAreAskedForAsAFilterMayHaveNodes() {
        String text = IntStream.range(0, 499).mapToObj(n -> "word" + n).collect(Collectors.joining(" "));
        for (DocumentCollection<Saying> sayings : filled()) {
            sayings.put("long", new Saying(text, 100));
            for (Filter<Saying> filter : List.of(WORDS.hasAll(text), WORDS.hasPrefix(text))) {
                List<ReadQuery<Saying>> queries = List.of(
                        sayings.where(filter),
                        sayings.where(filter).orderBy(NUMBER.desc()).limit(3),
                        sayings.where(filter).orderBy(Saying.INDEXED.id().desc()));
                for (ReadQuery<Saying> query : queries) {
                    assertThat(query.list()).as("documents with 499 words").hasSize(1);
                    assertThat(query.select(NUMBER).list()).as("rows of them").hasSize(1);
                }
                assertThat(sayings.where(filter).count())
                        .as("how many have 499 words")
                        .isOne();
                assertThat(sayings.where(filter).exists()).as("whether one has").isTrue();
                assertThat(sayings.where(filter).aggregate(NUMBER.sum()).get(NUMBER.sum()))
                        .as("what is added up of them")
                        .isEqualTo(100);
                assertThat(sayings.where(filter).updateAll(saying -> saying))
                        .as("how many are changed")
                        .isOne();
            }
        }
    }

    private static void requireAll(DocumentCollection<Saying> sayings, String text, Integer... found) {
        requireFound(sayings, "all of \"" + text + "\"", WORDS.hasAll(text), List.of(found));
    }

    @Proves(Clause.Q62)
    void aTextWithoutWordsIsOneThatEveryDocumentHas() {
        for (DocumentCollection<Saying> sayings : filled()) {
            for (String text : List.of("", " ", "...", "\uD83E\uDD80 ':*", "\u0301")) {
                requireFound(sayings, "all of \"" + text + "\"", WORDS.hasAll(text), ALL);
                requireFound(sayings, "the beginning \"" + text + "\"", WORDS.hasPrefix(text), ALL);
            }
        }
    }

    @Proves(Clause.Q62)
    void diacriticsAreKeptWhereTheFieldSaysSo() {
        for (DocumentCollection<Saying> sayings : filled()) {
            requireFound(sayings, "crème with its accent", ACCENTED.hasAll("CRE\u0300ME strasse"), List.of(3));
            requireFound(sayings, "creme without it", ACCENTED.hasAll("creme"), List.of());
            requireFound(sayings, "a beginning with an accent", ACCENTED.hasPrefix("crè"), List.of(3));
            requireFound(sayings, "a beginning without it", ACCENTED.hasPrefix("cre"), List.of());
            requireFound(sayings, "the first letter", ACCENTED.hasPrefix("cr"), List.of(0, 1, 2, 3));
        }
    }

    @Proves(Clause.Q63)
    void theLastWordMayBeTheBeginningOfOne() {
        for (DocumentCollection<Saying> sayings : filled()) {
            requirePrefix(sayings, "cra", 0, 1, 2);
            requirePrefix(sayings, "CRAB", 0, 1, 2);
            requirePrefix(sayings, "crabs", 1);
            requirePrefix(sayings, "crab sh", 2);
            requirePrefix(sayings, "sh crab");
            requirePrefix(sayings, "no crab", 1);
            requirePrefix(sayings, "crab crab", 0, 2);
            requirePrefix(sayings, "str creme");
            requirePrefix(sayings, "creme str", 3);
            requirePrefix(sayings, "20", 5);
            requirePrefix(sayings, "हि", 6);
            requirePrefix(sayings, "東京タ", 8);
            requirePrefix(sayings, "京", 7, 8);
            requirePrefix(sayings, "서울", 9);
            requirePrefix(sayings, "\uD801\uDC00", 11);
            requirePrefix(sayings, "q'", 12);
            requirePrefix(sayings, "zz");
            requirePrefix(sayings, "%");
        }
    }

    private static void requirePrefix(DocumentCollection<Saying> sayings, String text, Integer... found) {
        boolean none = WORDS.words(text).isEmpty();
        requireFound(sayings, "the beginning \"" + text + "\"", WORDS.hasPrefix(text), none ? ALL : List.of(found));
    }

    /** Words that lie close behind and before a beginning, in one order or another. */
    @Proves(Clause.Q63)
    void aBeginningEndsWhereItsLastCharacterDoes() {
        List<String> words =
                List.of("a", "ab", "abz", "ab\uD801\uDC28", "abＺ9", "ac", "aꟿ", "aꟿb", "aꨀ", "b", "\uD801\uDC28b");
        DocumentCollection<Saying> sayings = store.collection(Saying.INDEXED);
        for (int i = 0; i < words.size(); i++) {
            sayings.put(id(i), new Saying("x " + words.get(i), i));
        }
        for (String prefix : words) {
            List<Integer> found = IntStream.range(0, words.size())
                    .boxed()
                    .filter(i -> WORDS.words(words.get(i))
                            .get(0)
                            .startsWith(WORDS.words(prefix).get(0)))
                    .toList();
            assertThat(ids(sayings, WORDS.hasPrefix(prefix)))
                    .as("found by the beginning %s", prefix)
                    .isEqualTo(numbered(found));
            assertThat(ids(sayings, WORDS.hasPrefix("x " + prefix)))
                    .as("found by a word and the beginning %s", prefix)
                    .isEqualTo(numbered(found));
        }
    }

    @Proves(Clause.Q65)
    void aTextHasUpToTenThousandWordsOfAHundredBytes() {
        DocumentCollection<Saying> sayings = store.collection(Saying.INDEXED);
        String full = IntStream.range(0, WordsField.MAX_WORDS)
                .mapToObj(i -> "w".repeat(95) + (10_000 + i))
                .collect(Collectors.joining(" "));
        sayings.put("full", new Saying(full + " " + full, 1));
        sayings.put("long", new Saying("x".repeat(99) + "é" + "z".repeat(500), 2));
        String last = "w".repeat(95) + 19_999;
        assertThat(ids(sayings, WORDS.hasAll(last)))
                .as("found by the last word")
                .containsExactly("full");
        assertThat(ids(sayings, WORDS.hasPrefix("w".repeat(95) + 1000)))
                .as("found by a beginning")
                .containsExactly("full");
        assertThat(ids(sayings, WORDS.hasAll("x".repeat(99) + "z")))
                .as("found by another hundred bytes")
                .isEmpty();
        assertThat(ids(sayings, WORDS.hasAll("x".repeat(99) + "eyyy")))
                .as("found by a word that begins with the same hundred bytes")
                .containsExactly("long");
        String one = full + " more";
        requireRefused("a word more", () -> sayings.put("full", new Saying(one, 3)));
        requireRefused("a word more in a new document", () -> sayings.insert("new", new Saying(one, 3)));
        assertThat(sayings.query().list())
                .as("what is there after it was refused")
                .extracting(document -> document.value().number())
                .containsExactly(1L, 2L);
        assertThat(ids(sayings, WORDS.hasAll("more")))
                .as("found by the word more")
                .isEmpty();
    }

    private void requireRefused(String what, ThrowingCallable call) {
        assertThat(thrown(InvalidValueException.class, call)).as(what).hasMessageContaining("words");
    }

    @Proves(Clause.Q65)
    void wordsGoWithTheTextThatHadThem() {
        DocumentCollection<Saying> sayings = store.collection(Saying.INDEXED);
        sayings.put("a", new Saying("one two three", 1));
        sayings.put("b", new Saying("two three four", 2));
        sayings.put("a", new Saying("three five", 1));
        assertThat(sayings.query().countBy(WORDS))
                .as("words after an overwrite")
                .isEqualTo(Map.of("three", 2L, "five", 1L, "two", 1L, "four", 1L));
        sayings.update("b", saying -> new Saying(null, 2));
        assertThat(sayings.query().countBy(WORDS).keySet())
                .as("words after a text was taken away, in their order")
                .containsExactly("five", "three");
        sayings.delete("a");
        assertThat(ids(sayings, WORDS.hasPrefix("t").or(WORDS.hasAll("five"))))
                .as("found by the words of what was deleted")
                .isEmpty();
    }

    @Proves(Clause.Q66)
    void anotherRevisionSplitsEveryTextAnew() {
        WordsField<Saying> accented = WORDS.keepingDiacritics();
        Schema<Saying> plain = Schema.of("sayings", Saying.class).field(Saying.NUMBER);
        store.collection(plain).put("a", new Saying("Crème du jour", 1));
        Schema<Saying> first = plain.index(WORDS).revision(2);
        assertThat(ids(store.collection(first), WORDS.hasPrefix("jour crem")))
                .as("found after the field came")
                .containsExactly("a");
        assertThat(thrown(
                        SchemaException.class,
                        () -> store.collection(plain.index(accented).revision(2))))
                .as("the same revision with diacritics")
                .hasMessageContaining("words");
        assertThat(thrown(SchemaException.class, () -> ids(store.collection(first), accented.hasAll("du"))))
                .as("a field that splits otherwise than the declared one")
                .hasMessageContaining("words");
        DocumentCollection<Saying> second =
                store.collection(plain.field(accented).revision(3));
        assertThat(ids(second, accented.hasAll("crème")))
                .as("found with its accent")
                .containsExactly("a");
        assertThat(ids(second, accented.hasAll("creme")))
                .as("found without its accent")
                .isEmpty();
    }

    @Proves(Clause.Q66)
    void wordsAreIndexedAloneAndNotUniquely() {
        Schema<Saying> sayings = Schema.of("sayings", Saying.class);
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> sayings.index(WORDS, Saying.NUMBER),
                () -> sayings.index(Saying.NUMBER, WORDS),
                () -> sayings.uniqueIndex(WORDS))) {
            assertThat(thrown(SchemaException.class, call))
                    .as("an index with words and more")
                    .hasMessageContaining("words");
        }
    }
}
