package dev.pagurus.store;

import java.util.BitSet;

/**
 * Which characters make words. They are written down, because every JDK knows those of another Unicode: a document that was
 * split under one is to be found under another. What is known of a character that is in here has been settled since: how it
 * is taken apart, and what its other case is.
 */
final class WordCharacters {

    private static final int BASE = 36;

    /**
     * The letters, marks and numbers of Unicode 13, and what is taken apart to some: how many are left out, how many follow,
     * and so on. Made from the tables of Java 17, as the test of this class does.
     */
    private static final String RANGES = """
            1c a 7 q 6 q 1b 1 7 2 1 1 3 2 1 3 1 n 1 v 1 cq 4 c e 5 7 1 1 1 h 39 1 2 2 4 1 1 6 1 1 3 1 1 1 k 1 2b
            1 3v 1 4t 1 12 2 1 6 15 8 19 1 1 1 2 1 2 1 1 8 r 4 4 t b 5 22 4 2u 1 8 2 a 1 j 2 1 g 1n 2 2t e 1i 4 1
            2 1 2 1a i s 4 b 1h l 1 i b f 1 3l 2 a 1 j 1 8 2 2 2 m 1 7 1 1 3 4 2 9 2 2 2 4 8 1 4 2 1 5 2 c 2 6 2 1
            1 1 2 3 1 6 4 2 2 m 1 7 1 2 1 2 1 2 2 1 1 5 4 2 2 3 3 1 7 4 1 1 7 g b 3 1 9 1 3 1 m 1 7 1 2 1 5 2 a 1 3
            1 3 2 1 f 4 2 a 9 7 1 3 1 8 2 2 2 m 1 7 1 2 1 5 2 9 2 2 2 3 7 3 4 2 1 5 2 a 1 7 a 2 1 6 3 3 1 4 3 2 1 1
            1 2 3 2 3 3 3 c 4 5 3 3 1 4 2 1 6 1 e d d d 1 3 1 n 1 g 3 8 1 3 1 4 7 2 1 3 5 4 2 a 8 7 1 4 1 8 1 3 1 n
            1 a 1 5 2 9 1 3 1 4 7 2 7 1 1 4 2 a 1 2 d d 1 3 1 1f 1 3 1 5 5 g 2 j 1 6 1 3 1 i 3 o 1 9 1 1 2 7 3 1 4 6
            1 1 1 8 6 a 2 2 d 1m 5 f 1 a 13 2 1 1 1 5 1 o 1 1 1 n 2 5 1 1 1 6 2 a 2 4 w 1 n 2 6 k 1 1 1 1 1 1 4 a
            1 10 4 k 1 i 1 10 9 1 1l 22 6 26 2 12 1 1 5 1 2 17 1 99 1 4 2 7 1 1 1 4 2 15 1 4 2 x 1 4 2 7 1 1 1 4 2 f
            1 1l 1 4 2 1v 2 3 9 k 3 g g 2e 2 6 3 h8 2 h 1 q 5 23 3 b 7 d 1 7 b l b k c d 1 3 1 2 c 2c 3 1 4 2 2 a
            6 a h 3 2 a 6 2h 7 17 5 1y a v 1 c 4 c a 14 2 5 b 18 4 q 6 b 11 s 4 1r 1 t 2 b 6 a d 1 8 h 1r 24 4 a h 9
            c 38 c 1k 8 a 3 1d 2 9 7 17 2 3 g 3 1 13 5 6y 1 7v 2 6 2 12 2 6 2 8 1 1 1 1 1 1 1 v 2 1h 1 7 1 1 3 3 1 7
            3 4 2 6 4 d 5 3 1 7 37 2 2 6 5 b 6 d b 1 13 x f 4 1 3 1 b 1 2 2 5 2 3 1 1 1 1 1 1 1 4 1 b 1 5 5 5 4 1
            1 1m k6 4g hi u vg 1b 1 1b 1 3p 6 9 9 1 2 12 1 1 5 1 2 1k 7 1 f o 9 7 1 7 1 7 1 7 1 7 1 7 1 7 1 7 1 w
            1b 1 33 1 2b 1 c 5y 1b 3 p f 1 5 2 5 4 2e 2 2 2 3 1 2i 1 4 5 17 1 2m 3 1a 1c 1b 1 2n 1 5ds 1s g71 3 wd
            1v 1a 2 7h 3 s k 1f 1 a 1 37 11 9 2 2v 2 1h 2 9 16 1f 4 1 3 6 a 1g c 1y a a 6 o 3 1 1 1d 2 10 c t 3 1t
            e b 6 v 1 1j 9 e 2 a 6 n 3 21 o 3 2 g 2 5 a 6 2 6 2 6 9 7 1 7 1 17 1 e 6 3f 1 2 2 a 6 8mc c n 4 1d
            6is a6 2 2y 12 7 c 5 5 c 1 d 1 5 1 1 1 2 1 2 1 30 x a3 i 1s 2 1i 14 d 3 g g g 1s 5 1 3r j a 7 q 6 q b 2h
            3 6 2 6 2 6 2 3 z c 1 q 1 j 1 2 1 f 2 e y 3f c 19 c 1l h 2 35 1 3m t 3 1d f s 4 10 9 u 5 17 5 u 2 10 4 8
            1 5 16 4e 2 a 6 10 4 10 4 14 8 1g 4c 8n 9 m a 8 48 6 2 1 1 18 1 2 3 1 2 n 2 v 2 12 8 9 1c j 1 2 5 x 4 q
            1y 1k 4 k 2 1e 1 2 5 8 1 3 1 t 2 3 4 a n v 1 w w 8 1 u 4 5 g 1i a m 2 r 5 q n 7 28 21 1j 1f d 1f 7 1a
            8 a 86 v 1 16 1 2 3 2 26 14 8 11 2j s k n 9 1z b u f 1o l p 7 a 6 1h 1 a 4 4 8 10 2 1 9 1x 4 4 1 d 1 1
            4 k b i 1 11 6 1 1t 7 1 1 1 4 1 f 1 a 7 1n 5 a 6 4 1 8 2 2 2 m 1 7 1 2 1 5 1 a 2 2 2 3 2 1 6 1 5 7 2 7
            3 5 3v 23 5 a 4 4 u 1y 1 1 8 a 4m 1i 2 9 n 6 y 1t 3 1 b a 12 1l 7 a 1i r 2 f 4 c 5g 1n 2t 2b c 8 2 1 2 8
            1 2 1 u 1 2 2 9 c a 1y 8 2 1a 2 8 1 2 r 1r 8 1 8 22 3 1 y 1l 7b 9 1 19 1 9 f t 5 u 2 m 1 e 21 7 1 2 1 18
            3 1 1 2 1 9 8 a 6 6 1 2 1 11 1 2 1 6 7 a 8m n 55 1 f l 17 pm 2u 33 h 5g 24c tr 34h g7 6nt ft 7 v 1 a
            2u u 2 5 b 1j 9 4 c a 1 7 1 l 5 j j4 2f 2x 23 4 1l 7 h 1s 2 1 2 b 2 e 4qg 8 ye 16 9 6wn 7z 1d 3 h 4 8 b0
            1s4 2z 5 d 3 9 7 a 3 2 43q 5 3 6 8 8 2 7 u 4 44 3 4b k 30 p 3r 2d 1 1z 1 2 2 1 2 2 2 4 1 c 1 1 1 7 1 1t
            1 4 2 8 1 7 1 s 1 4 1 5 1 1 3 7 1 9g 2 p 1 p 1 v 1 p 1 v 1 p 1 v 1 p 1 v 1 p 1 8 2 1e e8 1j 4 1e 8 1 e 1
            m 5 1 f 11s 7 1 h 2 7 1 2 1 5 5x 19 3 e 2 a 4 1 a9 1m zq 5h 2 g 15 24 4 a lz 1n 1 3 1 4 24 19 1 f 5e 4
            1 r 1 2 1 1 2 1 1 a 1 4 1 1 1 1 6 1 4 1 1 1 1 1 1 3 1 2 1 1 2 1 1 1 1 1 1 1 1 1 1 2 1 1 2 4 1 7 1 4 1 4
            1 1 1 a 1 h 5 3 1 5 1 h g4 d 3 v 1 w q 3 z 1 33 3 d 18 4 9 7 2 1we a sm wym y 379 b 66 2 4g2 e 5rl
            2e7 f2 15u 3t7
            """;

    private static final BitSet ALL = all();

    private WordCharacters() {}

    private static BitSet all() {
        BitSet all = new BitSet();
        int next = 0;
        boolean in = false;
        for (String length : RANGES.strip().split("\\s+", -1)) {
            int end = next + Integer.parseInt(length, BASE);
            all.set(next, end, in);
            next = end;
            in = !in;
        }
        return all;
    }

    /** Says whether a character is part of words. */
    static boolean contains(int point) {
        return ALL.get(point);
    }

    /** Says whether it counts as not there: soft hyphens, joiners, marks of direction, selectors, the tatweel. */
    static boolean isIgnored(int point) {
        return point == 0xAD
                || point == 0x34F
                || point == 0x61C
                || point == 0x640
                || isIn(point, 0x180B, 0x180E)
                || isIn(point, 0x200C, 0x200F)
                || isIn(point, 0x202A, 0x202E)
                || isIn(point, 0x2060, 0x2069)
                || isIn(point, 0xFE00, 0xFE0F)
                || point == 0xFEFF
                || isIn(point, 0xE0100, 0xE01EF);
    }

    /** Says whether a mark is a diacritic, and no vowel or the like. */
    static boolean isDiacritic(int mark) {
        return isIn(mark, 0x300, 0x36F)
                || isIn(mark, 0x483, 0x489)
                || isIn(mark, 0x591, 0x5C7)
                || isIn(mark, 0x610, 0x61A)
                || isIn(mark, 0x64B, 0x670)
                || isIn(mark, 0x6D6, 0x6ED)
                || isIn(mark, 0x8D3, 0x8FF)
                || isIn(mark, 0x1AB0, 0x1AFF)
                || isIn(mark, 0x1DC0, 0x1DFF)
                || isIn(mark, 0x20D0, 0x20FF)
                || isIn(mark, 0xFE20, 0xFE2F);
    }

    /** Says whether a letter is of a script that has no spaces between words. */
    static boolean isOfRun(int point) {
        return isIn(point, 0xE00, 0xEFF) // Thai, Lao
                || isIn(point, 0x1000, 0x109F) // Burmese
                || isIn(point, 0x1780, 0x17FF) // Khmer
                || isIn(point, 0x1950, 0x19DF) // Tai Le, New Tai Lue
                || isIn(point, 0x1A20, 0x1AAF) // Tai Tham
                || isIn(point, 0x2E80, 0x312F) // Chinese radicals and signs, Japanese kana, bopomofo
                || isIn(point, 0x31A0, 0x31FF) // more bopomofo, strokes and kana
                || isIn(point, 0x3400, 0x4DBF) // Chinese characters
                || isIn(point, 0x4E00, 0x9FFF)
                || isIn(point, 0xA9E0, 0xA9FF) // more Burmese
                || isIn(point, 0xAA60, 0xAADF) // more Burmese, Tai Viet
                || isIn(point, 0xF900, 0xFAFF)
                || isIn(point, 0x16FE0, 0x18D8F) // Tangut, Khitan
                || isIn(point, 0x1B000, 0x1B2FF) // more kana, Nushu
                || isIn(point, 0x20000, 0x3FFFF);
    }

    private static boolean isIn(int point, int first, int last) {
        return point >= first && point <= last;
    }
}
