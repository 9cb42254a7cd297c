package dev.pagurus.store;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A field with the words of a text, to search by: a title, a description, several texts joined by a space. It holds which
 * words there are; no order, no number, and no ranking. An index on it makes {@link #hasAll} and {@link #hasPrefix} fast.
 *
 * <pre>{@code
 * static final WordsField<Note> WORDS = WordsField.of("words", note -> note.title() + " " + note.text());
 * notes.where(WORDS.hasAll("crab shell")).orderBy(DUE.asc()).limit(20).page();
 * }</pre>
 *
 * <p>Documents and what is asked for are split by the same rules, which are the same on every store and every JDK:
 *
 * <ol>
 *   <li>A word is letters, digits and marks beside each other; everything else separates: {@code don't} is {@code don} and
 *       {@code t}, {@code foo_bar-2.5} is {@code foo}, {@code bar}, {@code 2} and {@code 5}.
 *   <li>What only looks other is the same (Unicode's NFKC): the ligature of {@code fi} is {@code fi}, full width is plain.
 *       Digits of every script are {@code 0} to {@code 9}.
 *   <li>Upper and lower case are the same, by full folding and without a locale: {@code ß} is {@code ss}, a last sigma is a
 *       sigma, and the dotless {@code ı} is an {@code i}. Greek's iota below a letter is a diacritic, and beside a capital a
 *       letter.
 *   <li>Diacritics count as not there, unless {@linkplain #keepingDiacritics() kept}: combining marks of Latin, Greek,
 *       Cyrillic, Hebrew and Arabic ({@code é} is {@code e}, {@code ё} is {@code е}), and the strokes of {@code đ ħ ł ø ŧ}.
 *       Vowel signs of other scripts are letters. Of the marks on one letter the first 30 count, as in Unicode's Stream-Safe
 *       Text Format (UAX #15).
 *   <li>Soft hyphens, joiners, marks of direction, variation selectors and the Arabic tatweel count as not there.
 *   <li>Scripts without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese and some of their neighbours) have no words that could
 *       be seen: each character with its marks is one, and so are each two that stand together. So a piece of such a text is
 *       found where its neighbours are neighbours.
 *   <li>Of a word, its first {@value #MAX_WORD_BYTES} UTF-8 bytes count.
 *   <li>Characters are those of Unicode 13; later ones separate.
 * </ol>
 *
 * <p>At most {@value #MAX_WORDS} different words in a document; a text with more is refused. Immutable.
 *
 * @param <T> the type of the documents' values
 */
public final class WordsField<T> extends Field<T, String> {

    /** The most different words in one document. */
    public static final int MAX_WORDS = 10_000;

    /** How many UTF-8 bytes of a word count. */
    public static final int MAX_WORD_BYTES = Words.MAX_BYTES;

    private final Function<? super T, ?> extractor;
    private final boolean accented;

    private WordsField(String name, Function<? super T, ?> extractor, boolean accented) {
        super(name, extractor);
        this.extractor = extractor;
        this.accented = accented;
    }

    /**
     * Declares a field of words.
     *
     * @param extractor returns a text of any length; null is the same as empty
     * @throws SchemaException if the name is not allowed
     */
    public static <T> WordsField<T> of(String name, Function<? super T, @Nullable String> extractor) {
        return new WordsField<>(name, extractor, false);
    }

    /** Returns this field with {@code é} and {@code e} as different letters. It is another field: raise the revision. */
    public WordsField<T> keepingDiacritics() {
        return new WordsField<>(name(), extractor, true);
    }

    /** Says whether diacritics are kept. */
    public boolean keepsDiacritics() {
        return accented;
    }

    /**
     * Matches documents that have every word of this text, anywhere and in any order. A text without words is one that every
     * document has.
     */
    public Filter<T> hasAll(String text) {
        List<String> words = Words.asked(requireValue("hasAll", text), accented);
        return new Filter.HasWords<>(this, List.copyOf(new LinkedHashSet<>(words)), null);
    }

    /**
     * Matches documents that have every word of this text, of which the last may be the beginning of one: what is found while
     * somebody is typing. A text without words is one that every document has.
     */
    public Filter<T> hasPrefix(String text) {
        List<String> words = new ArrayList<>(Words.asked(requireValue("hasPrefix", text), accented));
        String last = words.isEmpty() ? null : words.remove(words.size() - 1);
        return new Filter.HasWords<>(this, List.copyOf(new LinkedHashSet<>(words)), last);
    }

    /** Returns the words that a document with this text has here, each once, in order of appearance. */
    public List<String> words(String text) {
        return List.copyOf(new LinkedHashSet<>(Words.of(requireValue("words", text), accented)));
    }
}
