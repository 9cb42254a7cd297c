package dev.pagurus.store.tck.samples;

import dev.pagurus.store.Codec;
import dev.pagurus.store.LongField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;
import dev.pagurus.store.UnknownPropertyException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A collection of numbers in which anybody may store texts that are none, with whatever fields: what a program without the
 * right codec leaves behind, or somebody with an SQL tool.
 */
public final class Numbers {

    public static final LongField<Integer> NUMBER = LongField.of("number", number -> number);
    public static final TextField<Integer> PARITY = TextField.of("parity", Numbers::parity);
    public static final ManyField<Integer> DIGITS = ManyField.of("digits", Numbers::digits);

    /** Blanks around a number are allowed. A text with a brace is said to have a property too many. */
    public static final Codec<Integer> CODEC = Codec.of(String::valueOf, Numbers::decode);

    /** The collection is called "numbers". */
    public static final Schema<Integer> SCHEMA =
            Schema.of("numbers", CODEC).index(NUMBER).index(PARITY).index(DIGITS);

    /** The same collection to somebody who writes what he likes. */
    public static final Schema<Text> TEXTS = Schema.of("numbers", Codec.of(Text::body, body -> new Text(body, 0)))
            .index(LongField.<Text>of("number", Text::number))
            .index(TextField.<Text>of("parity", text -> parity(text.number())))
            .index(ManyField.<Text>of("digits", text -> digits(text.number())));

    /** Where the property is that a text with a brace has too much. */
    public static final String UNKNOWN = "lines[].colour";

    /** Texts that are no numbers. What they say appears in no message, except for the name of a property. */
    public static final List<String> DAMAGED =
            List.of("secret words", "", "null", "{\"secret\":1}", "7 secret 7", "99999999999");

    private Numbers() {}

    /**
     * What is stored.
     *
     * @param body the text
     * @param number the number of which its fields are
     */
    public record Text(String body, int number) {}

    private static Integer decode(String body) {
        if (body.startsWith("{")) {
            throw new UnknownPropertyException(UNKNOWN, "a number", new IllegalArgumentException(body));
        }
        return Integer.valueOf(body.strip());
    }

    private static String parity(int number) {
        return number % 2 == 0 ? "even" : "odd";
    }

    private static Set<String> digits(int number) {
        return String.valueOf(number).chars().mapToObj(Character::toString).collect(Collectors.toSet());
    }
}
