package dev.pagurus.store.sqlite;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** URLs that look wrong and are right, each with the name of the file that it means. */
final class HarmlessUrls {

    private HarmlessUrls() {}

    static Stream<Arguments> all() {
        return Stream.of(
                arguments("sqlite:DIR/plain.db", "plain.db"),
                arguments("SQLite:DIR/upper.db", "upper.db"),
                arguments("jdbc:sqlite:DIR/jdbc.db", "jdbc.db"),
                arguments("JDBC:SQLITE:DIR/jdbc2.db", "jdbc2.db"),
                arguments("sqlite://DIR/slashes.db", "slashes.db"),
                arguments("sqlite:DIR/no-options.db?", "no-options.db"),
                arguments("sqlite:DIR/many-options.db?&timeout=5s&&readers=1&", "many-options.db"),
                arguments("sqlite:DIR/encoded-option.db?time%6Fut=5%73", "encoded-option.db"),
                arguments("sqlite:DIR/with blank.db", "with blank.db"),
                arguments("sqlite:DIR/encoded%20blank.db", "encoded blank.db"),
                arguments("sqlite:DIR/plus+plus.db", "plus+plus.db"),
                arguments("sqlite:DIR/100%25.db", "100%.db"),
                arguments("sqlite:DIR/a%3Fmode=memory.db", "a?mode=memory.db"),
                arguments("sqlite:DIR/a%3Fenable_load_extension=true", "a?enable_load_extension=true"),
                arguments("sqlite:DIR/a#fragment.db", "a#fragment.db"),
                arguments("sqlite:DIR/quote'.db", "quote'.db"),
                arguments("sqlite:DIR/semicolon;drop.db", "semicolon;drop.db"),
                arguments("sqlite:DIR/file:name.db", "file:name.db"),
                arguments("sqlite:DIR/:memory:", ":memory:"),
                arguments("sqlite:DIR/user:name@host.db", "user:name@host.db"),
                arguments("sqlite:DIR/line-break.db\n", "line-break.db"),
                arguments("sqlite:DIR/line-break-of-windows.db\r\n", "line-break-of-windows.db"),
                arguments("\uFEFF\t sqlite:DIR/around.db?readers=1 \r\n\n", "around.db"),
                arguments("sqlite:DIR/blank-at-its-end%20", "blank-at-its-end "),
                arguments("sqlite:DIR/.hidden", ".hidden"),
                arguments("sqlite:DIR/no-extension", "no-extension"),
                arguments("sqlite:DIR/missing/../back.db", "back.db"),
                arguments("sqlite:DIR/k\u00E4fer.db", "k\u00E4fer.db"),
                arguments("sqlite:DIR/k%C3%A4fer2.db", "k\u00E4fer2.db"),
                arguments("sqlite:DIR/%F0%9F%98%80.db", "\uD83D\uDE00.db"));
    }
}
