package dev.pagurus.store.tck.samples;

import java.time.Instant;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes entries, always the same ones for a number of them. They are inserted in the order of their time, as in life: entry
 * 0 is the oldest one, and its id and code say nothing of it.
 *
 * <table>
 * <caption>The values, whatever the number of entries</caption>
 * <tr><th>field<th>values
 * <tr><td>feed<td>200 of them: {@value #BUSY_FEED} has a sixth of all, {@value #QUIET_FEED} one in 600
 * <tr><td>unread<td>two thirds
 * <tr><td>stage<td>the newest fiftieth is DRAFT, the oldest one ARCHIVED, of the others two thirds OPEN
 * <tr><td>at<td>from {@link #FIRST} on, evenly over {@value #DAYS} days, three at a time
 * <tr><td>score<td>anything below {@value #SCORES}
 * <tr><td>title<td>begins with four letters a to z, each as often as the others
 * <tr><td>owner<td>one in five has none, the others one of 500
 * <tr><td>code<td>unique; one in a hundred has none
 * <tr><td>size<td>anything below {@value #SCORES}; not indexed
 * <tr><td>language<td>"en" 60 %, "de" 40 %; five, far from each other, "xx"; the oldest thousandth "la"; not indexed
 * <tr><td>tags<td>"common" half, "middling" one in a hundred, "rare" ten of all, far from each other; "first" the oldest
 *     fiftieth, "last" the newest one
 * </table>
 */
public final class Entries {

    /** When the oldest entry is from. */
    public static final Instant FIRST = Instant.parse("2024-01-01T00:00:00Z");

    static final int DAYS = 1000;
    static final int SCORES = 1_000_000;
    static final String BUSY_FEED = "feed-000";
    static final String QUIET_FEED = "feed-199";

    private static final long SECONDS = DAYS * 24L * 60 * 60;
    private static final int SAME_TIME = 3;
    private static final int FEEDS = 200;
    private static final int OWNERS = 500;

    /** How much of an entry's JSON is not its text. */
    private static final int REST = 232;

    private Entries() {}

    /**
     * Returns entries with {@link #id(int)} 0 and so on.
     *
     * @param count how many there are in all
     * @param body about how many bytes the JSON of each has; never less than some 230
     */
    public static Stream<Entry> of(int count, int body) {
        String text = "lorem ipsum dolor sit amet ".repeat(body / 27 + 1).substring(0, Math.max(0, body - REST));
        return IntStream.range(0, count).mapToObj(number -> entry(number, count, text));
    }

    /** Returns the id of an entry; the one with a greater number does not have the greater id. */
    public static String id(int number) {
        return "entry-" + mixed(number);
    }

    /** Returns the code of an entry that has one. */
    public static String code(int number) {
        return "code-" + mixed(~(long) number);
    }

    private static Entry entry(int number, int count, String text) {
        SplittableRandom random = new SplittableRandom(number);
        double position = (double) number / count;
        String feed = name("feed", (int) (FEEDS * Math.pow(random.nextDouble(), 3)));
        boolean unread = random.nextInt(3) > 0;
        Entry.Stage stage = stage(position, random.nextInt(3) > 0);
        Instant at = FIRST.plusSeconds(SECONDS * (number - number % SAME_TIME) / count);
        long score = random.nextInt(SCORES);
        String title = letters(random) + " and what became of it";
        String owner = random.nextInt(5) == 0 ? null : name("owner", random.nextInt(OWNERS));
        String code = number % 100 == 99 ? null : code(number);
        return new Entry(
                feed,
                unread,
                stage,
                at,
                score,
                title,
                owner,
                code,
                random.nextInt(SCORES),
                language(number, count, random),
                tags(number, count, random),
                text);
    }

    private static Entry.Stage stage(double position, boolean open) {
        if (position < 0.02) {
            return Entry.Stage.ARCHIVED;
        }
        if (position >= 0.98) {
            return Entry.Stage.DRAFT;
        }
        return open ? Entry.Stage.OPEN : Entry.Stage.DONE;
    }

    private static String language(int number, int count, SplittableRandom random) {
        if (isOneOf(5, number, count)) {
            return "xx";
        }
        if (number < count / 1000) {
            return "la";
        }
        return random.nextInt(5) < 3 ? "en" : "de";
    }

    private static Set<String> tags(int number, int count, SplittableRandom random) {
        Set<String> tags = new TreeSet<>();
        if (random.nextBoolean()) {
            tags.add("common");
        }
        if (random.nextInt(100) == 0) {
            tags.add("middling");
        }
        if (isOneOf(10, number, count)) {
            tags.add("rare");
        }
        if (number < count / 50) {
            tags.add("first");
        }
        if (number >= count - count / 50) {
            tags.add("last");
        }
        return tags;
    }

    /** Whether an entry is the one in the middle of a part, of so many equal parts of all. */
    private static boolean isOneOf(int parts, int number, int count) {
        long middle = 2L * number * parts / count;
        return middle % 2 == 1 && (number == 0 || 2L * (number - 1) * parts / count != middle);
    }

    private static String letters(SplittableRandom random) {
        return random.ints(4, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String name(String what, int number) {
        return what + "-" + String.valueOf(1000 + number).substring(1);
    }

    /** Returns another text for each number; where they lie to each other says nothing of the numbers. */
    private static String mixed(long number) {
        long mixed = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        mixed ^= mixed >>> 31;
        String hex = Long.toHexString(mixed);
        return "0".repeat(16 - hex.length()) + hex;
    }
}
