package dev.pagurus.store.sqlite;

import static dev.pagurus.store.sqlite.Specimen.NUMBER;
import static dev.pagurus.store.sqlite.Specimen.REAL;
import static dev.pagurus.store.sqlite.Specimen.SCHEMA;
import static dev.pagurus.store.sqlite.Specimen.TEXT;

import dev.pagurus.store.InvalidCursorException;
import dev.pagurus.store.Query;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** Cursors that were damaged on the way, made up, or belong elsewhere. */
final class HostileCursors {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static final String DAMAGED = "is damaged or not a cursor at all";
    private static final String FOREIGN = "belongs to another collection or another order";

    /** How long the cursor of {@link #byText} is: one byte of format, 4 of fingerprint, two texts, 4 of checksum. */
    private static final int BYTES = 1 + 4 + (1 + 2 + "specimen 0".length()) + (1 + 2 + "s00".length()) + 4;

    private static final int CHARACTERS = (BYTES * 8 + 5) / 6;

    private HostileCursors() {}

    static Stream<Attack> attacks() {
        List<Attack> attacks = new ArrayList<>();
        for (int length = 0; length < CHARACTERS; length++) {
            int end = length;
            attacks.add(damaged("cut after " + end + " characters", cursor -> cursor.substring(0, end)));
        }
        for (int index = 0; index < CHARACTERS; index++) {
            int at = index;
            attacks.add(damaged("with another character at " + at, cursor -> otherCharacter(cursor, at)));
        }
        for (int index = 0; index < BYTES; index++) {
            int at = index;
            attacks.add(
                    damaged("with the lowest bit of byte " + at + " flipped", changed(bytes -> flip(bytes, at, 1))));
            attacks.add(damaged("with all bits of byte " + at + " flipped", changed(bytes -> flip(bytes, at, 0xFF))));
        }
        attacks.addAll(garbage());
        attacks.addAll(forged());
        attacks.addAll(foreign());
        return attacks.stream();
    }

    private static List<Attack> garbage() {
        return List.of(
                damaged("that is a blank", cursor -> " "),
                damaged("that is a word", cursor -> "next"),
                damaged("that is the word null", cursor -> "null"),
                damaged("that is a number", cursor -> "20"),
                damaged("that is an id", cursor -> Victim.PRESENT),
                damaged("that is SQL", cursor -> "' or 1=1; drop table specimens; --"),
                damaged("with a blank before it", cursor -> " " + cursor),
                damaged("with a line feed after it", cursor -> cursor + "\n"),
                damaged("with padding after it", cursor -> cursor + "="),
                damaged("with a letter after it", cursor -> cursor + "A"),
                damaged("twice", cursor -> cursor + cursor),
                damaged("in upper case", cursor -> cursor.toUpperCase(Locale.ROOT)),
                damaged(
                        "backwards",
                        cursor -> new StringBuilder(cursor).reverse().toString()),
                damaged("in quotes", cursor -> "\"" + cursor + "\""),
                damaged("in percent-encoding", cursor -> "%" + cursor),
                damaged("with U+0000 in it", cursor -> cursor.substring(0, 5) + "\0" + cursor.substring(6)),
                damaged("with a lone surrogate in it", cursor -> "\uD800" + cursor.substring(1)),
                damaged("of emojis", cursor -> "\uD83D\uDE00".repeat(20)),
                damaged("of zeros only", cursor -> "A".repeat(CHARACTERS)),
                damaged("of a million letters", cursor -> "A".repeat(1_000_000)),
                damaged("that grew to 70,000 characters", cursor -> cursor + "A".repeat(70_000)));
    }

    /** The checksum keeps accidents out and not people: whoever computes it anew must not get further than a cursor. */
    private static List<Attack> forged() {
        return List.of(
                forged("of another format", "made by another version", bytes -> flip(bytes, 0, 3)),
                forged("with another fingerprint", FOREIGN, bytes -> flip(bytes, 2, 1)),
                forged("without its last value", DAMAGED, bytes -> Arrays.copyOf(bytes, bytes.length - 6)),
                forged("with a byte too many", DAMAGED, bytes -> Arrays.copyOf(bytes, bytes.length + 1)),
                forged("with a text longer than the cursor", DAMAGED, bytes -> flip(bytes, 6, 0x7F)),
                forged("with bytes that are no text", DAMAGED, bytes -> flip(bytes, 8, 0xFF)),
                forged("with U+0000 in a text", DAMAGED, bytes -> flip(bytes, 8, 's')),
                forged("with null for the id", DAMAGED, bytes -> withoutId(bytes)));
    }

    private static List<Attack> foreign() {
        return List.of(
                foreign("of the other direction", specimens(query -> query.orderBy(TEXT.desc()))),
                foreign("of another field", specimens(query -> query.orderBy(REAL.asc()))),
                foreign("of no order", specimens(query -> query)),
                foreign(
                        "of an order by id",
                        specimens(query -> query.orderBy(SCHEMA.id().asc()))),
                foreign(
                        "of one more field",
                        specimens(query -> query.orderBy(TEXT.asc()).thenBy(NUMBER.asc()))),
                foreign(
                        "of another collection",
                        victim -> victim.parcels().query().orderBy(Parcel.TEXT.asc())));
    }

    private static Attack.Deed asking(Function<Victim, Query<?>> query) {
        return victim -> query.apply(victim).limit(5).startAfter(byText(victim)).page();
    }

    private static Function<Victim, Query<?>> specimens(Function<Query<Specimen>, Query<Specimen>> refined) {
        return victim -> refined.apply(victim.specimens().query());
    }

    private static Attack foreign(String title, Function<Victim, Query<?>> query) {
        return new Attack("a cursor for a query " + title, InvalidCursorException.class, FOREIGN, asking(query));
    }

    private static Attack damaged(String title, UnaryOperator<String> damage) {
        return given(title, DAMAGED, damage);
    }

    private static Attack forged(String title, String fragment, UnaryOperator<byte[]> change) {
        return given("forged " + title, fragment, changed(bytes -> {
            byte[] content = change.apply(Arrays.copyOf(bytes, bytes.length - 4));
            CRC32 checksum = new CRC32();
            checksum.update(content);
            return ByteBuffer.allocate(content.length + 4)
                    .put(content)
                    .putInt((int) checksum.getValue())
                    .array();
        }));
    }

    private static Attack given(String title, String fragment, UnaryOperator<String> damage) {
        return new Attack(
                "a cursor " + title,
                InvalidCursorException.class,
                fragment,
                victim -> victim.specimens()
                        .query()
                        .orderBy(TEXT.asc())
                        .startAfter(damage.apply(byText(victim)))
                        .page());
    }

    /** The cursor after a document with the text "specimen 0". */
    private static String byText(Victim victim) {
        return Objects.requireNonNull(
                victim.specimens().query().orderBy(TEXT.asc()).limit(2).page().nextCursor());
    }

    private static UnaryOperator<String> changed(UnaryOperator<byte[]> change) {
        return cursor -> Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(change.apply(Base64.getUrlDecoder().decode(cursor)));
    }

    private static byte[] flip(byte[] bytes, int at, int bits) {
        bytes[at] ^= (byte) bits;
        return bytes;
    }

    private static byte[] withoutId(byte[] bytes) {
        byte[] shorter = Arrays.copyOf(bytes, bytes.length - 5);
        shorter[shorter.length - 1] = 0;
        return shorter;
    }

    /** The next character of the alphabet; for the last of the cursor, one that differs in bits that mean nothing. */
    private static String otherCharacter(String cursor, int at) {
        int next = (ALPHABET.indexOf(cursor.charAt(at)) + 1) % ALPHABET.length();
        return cursor.substring(0, at) + ALPHABET.charAt(next) + cursor.substring(at + 1);
    }
}
