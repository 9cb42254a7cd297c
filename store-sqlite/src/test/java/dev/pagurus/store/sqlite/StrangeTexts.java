package dev.pagurus.store.sqlite;

import static org.junit.jupiter.api.Named.named;

import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/** Texts that look dangerous, or are hard to see, and are nothing but texts: each is kept and found as it is. */
final class StrangeTexts {

    private StrangeTexts() {}

    static Stream<Named<String>> all() {
        return Stream.of(sql(), patterns(), invisible(), alike(), extremes()).flatMap(texts -> texts);
    }

    private static Stream<Named<String>> sql() {
        return Stream.of(
                        "'",
                        "\"",
                        "''",
                        "`",
                        ";",
                        "--",
                        "/*",
                        "\\",
                        "\\'",
                        "' or '1'='1",
                        "' or 1=1 --",
                        "\" or \"\"=\"",
                        "1; drop table specimens",
                        "'; drop table specimens; --",
                        "\"); delete from specimens; --",
                        "' union select body from specimens --",
                        "'||(select body from specimens limit 1)||'",
                        "x'00'",
                        "null",
                        "NULL",
                        "current_timestamp",
                        "?",
                        "?1",
                        ":id",
                        "@id",
                        "$1",
                        "{\"id\": 1}",
                        "[]",
                        "${jndi:ldap://localhost/a}",
                        "{}",
                        "%s%n%d",
                        "<script>alert(1)</script>",
                        "../../etc/passwd",
                        "$(reboot)")
                .map(text -> named(text, text));
    }

    private static Stream<Named<String>> patterns() {
        return Stream.of(
                        "%",
                        "_", "a%", "a_", "*", "a*", "[a-z]", ".*", "^$", "0", "00", "0x10", "1e309", "NaN", "true",
                        "+1")
                .map(text -> named(text, text));
    }

    private static Stream<Named<String>> invisible() {
        return Stream.of(
                named("U+0001", "\u0001"),
                named("a tab", "\t"),
                named("a line feed", "a\nb"),
                named("a carriage return", "a\rb"),
                named("an escape sequence", "\u001B[2J"),
                named("DEL", "\u007F"),
                named("a next line", "a\u0085b"),
                named("a blank", " "),
                named("a blank at the end", "a "),
                named("a blank at the beginning", " a"),
                named("a no-break space", "\u00A0"),
                named("a zero-width space", "a\u200Bb"),
                named("a zero-width joiner", "\u200D"),
                named("a byte order mark", "\uFEFFa"),
                named("a right-to-left override", "abc\u202Edef"),
                named("an isolate that is not ended", "\u2066abc"),
                named("a line separator", "a\u2028b"),
                named("a soft hyphen", "a\u00ADb"),
                named("a replacement character", "\uFFFD"),
                named("a noncharacter", "\uFFFE\uFFFF"),
                named("a private character", "\uE000"),
                named("the last code point", "\uDBFF\uDFFF"));
    }

    /** Texts that some databases take for one another. Each is stored beside the others of its line. */
    private static Stream<Named<String>> alike() {
        return Stream.of(
                named("a composed e-acute", "\u00E9"),
                named("a decomposed e-acute", "e\u0301"),
                named("a Turkish capital I", "\u0130"),
                named("a Turkish small i", "\u0131"),
                named("a sharp s", "\u00DF"),
                named("a ligature", "\uFB01"),
                named("a Kelvin sign", "\u212A"),
                named("a fullwidth A", "\uFF21"),
                named("a Cyrillic a", "\u0430"),
                named("Arabic", "\u0645\u0631\u062D\u0628\u0627"),
                named("many combining marks", "z" + "\u0300\u0316\u0489".repeat(30)),
                named("a family of emojis", "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67"));
    }

    private static Stream<Named<String>> extremes() {
        return Stream.of(
                named("255 letters", "x".repeat(255)),
                named("127 umlauts and a letter", "\u00E4".repeat(127) + "x"),
                named("85 euro signs", "\u20AC".repeat(85)),
                named("63 emojis and three letters", "\uD83D\uDE00".repeat(63) + "xyz"));
    }
}
