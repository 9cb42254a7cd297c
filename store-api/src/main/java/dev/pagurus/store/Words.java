package dev.pagurus.store;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Splits one text into words, by the rules that {@link WordsField} states. */
final class Words {

    /** The most UTF-8 bytes of a word; what is longer is cut, here and in what is asked for. */
    static final int MAX_BYTES = 100;

    /** The most marks of one letter, as in Unicode's Stream-Safe Text Format: to put n of them in order takes n² steps. */
    private static final int MAX_MARKS = 30;

    private static final int ASCII = 0x80;

    private final boolean accented;
    private final boolean asked;
    private final List<String> found = new ArrayList<>();

    /** A word of letters that stand beside each other. */
    private final StringBuilder word = new StringBuilder();

    /** A character of a script without spaces, with its marks, and those before it. */
    private final StringBuilder character = new StringBuilder();

    private final List<String> run = new ArrayList<>();

    private Words(boolean accented, boolean asked) {
        this.accented = accented;
        this.asked = asked;
    }

    /** Returns all words in order, some perhaps several times. */
    static List<String> of(String text, boolean accented) {
        return new Words(accented, false).split(text);
    }

    /** Returns as few words, in order, as whoever has all of the text's has: two neighbours say what each of them would. */
    static List<String> asked(String text, boolean accented) {
        return new Words(accented, true).split(text);
    }

    private List<String> split(String text) {
        String plain = isAscii(text) ? text : Normalizer.normalize(known(text), Normalizer.Form.NFKD);
        for (int at = 0; at < plain.length(); at += Character.charCount(plain.codePointAt(at))) {
            add(plain.codePointAt(at));
        }
        endWord();
        endRun();
        return found;
    }

    /** What is no part of words becomes a space; it may be a character that this JDK knows and another does not. */
    private static String known(String text) {
        StringBuilder known = new StringBuilder(text.length());
        int marks = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            int point = text.codePointAt(at);
            if (WordCharacters.isIgnored(point)) {
                continue;
            }
            int part = WordCharacters.contains(point) ? point : ' ';
            marks = isMark(part) || isHalfwidthMark(part) ? marks + 1 : 0;
            if (marks <= MAX_MARKS) {
                known.appendCodePoint(part);
            }
        }
        return known.toString();
    }

    /** Letters by their category, which are taken apart into a mark. */
    private static boolean isHalfwidthMark(int point) {
        return point == 0xFF9E || point == 0xFF9F;
    }

    private void add(int point) {
        if (WordCharacters.isIgnored(point)) {
            return;
        }
        if (point >= ASCII && isMark(point)) {
            if (accented || !WordCharacters.isDiacritic(point)) {
                mark(point);
            }
        } else if (!WordCharacters.contains(point)) {
            endWord();
            endRun();
        } else if (Character.isDigit(point)) {
            endRun();
            word.append((char) ('0' + Character.digit(point, 10)));
        } else if (WordCharacters.isOfRun(point)) {
            endWord();
            endCharacter();
            character.appendCodePoint(point);
        } else {
            endRun();
            fold(point);
        }
    }

    /** What marks nothing is left out. */
    private void mark(int point) {
        if (word.length() > 0) {
            fold(point);
        } else if (character.length() > 0) {
            character.appendCodePoint(point);
        }
    }

    /**
     * Folds case as Unicode does it in full, which the JDK has no call for. Each character by itself: what a whole text is
     * folded to depends on its last sigma.
     */
    private void fold(int point) {
        if (point < ASCII) {
            word.append((char) Character.toLowerCase(point));
            return;
        }
        // Of the capital sharp s, only the small one has two letters for capitals.
        Character.toString(Character.toLowerCase(point))
                .toUpperCase(Locale.ROOT)
                .codePoints()
                .map(Character::toLowerCase)
                .map(letter -> accented ? letter : withoutStroke(letter))
                .forEach(word::appendCodePoint);
    }

    /** Strokes are diacritics that Unicode does not take off. */
    private static int withoutStroke(int letter) {
        return switch (letter) {
            case 'đ' -> 'd';
            case 'ħ' -> 'h';
            case 'ł' -> 'l';
            case 'ø' -> 'o';
            case 'ŧ' -> 't';
            default -> letter;
        };
    }

    private void endWord() {
        if (word.length() > 0) {
            found.add(finished(word));
        }
    }

    private void endCharacter() {
        if (character.length() > 0) {
            run.add(finished(character));
        }
    }

    private void endRun() {
        endCharacter();
        for (int i = 0; i < run.size(); i++) {
            if (!asked || run.size() == 1) {
                found.add(run.get(i));
            }
            if (i + 1 < run.size()) {
                found.add(cut(run.get(i) + run.get(i + 1)));
            }
        }
        run.clear();
    }

    private static String finished(StringBuilder letters) {
        String text = letters.toString();
        letters.setLength(0);
        return cut(isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFC));
    }

    private static String cut(String word) {
        if (word.length() <= MAX_BYTES / 3) {
            return word;
        }
        int end = 0;
        int bytes = 0;
        while (end < word.length()) {
            String one = Character.toString(word.codePointAt(end));
            bytes += one.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_BYTES) {
                break;
            }
            end += one.length();
        }
        return word.substring(0, end);
    }

    private static boolean isMark(int point) {
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }

    private static boolean isAscii(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= ASCII) {
                return false;
            }
        }
        return true;
    }
}
