package dev.pagurus.examples.dashboard.data;

import dev.pagurus.store.InvalidValueException;
import java.util.Locale;

/**
 * A tag to sort images by.
 *
 * @param name as it is shown; 1 to 40 characters
 * @param colour its colour
 */
public record Tag(String name, TagColour colour) {

    /** The longest name. */
    public static final int MAX_LENGTH = 40;

    /**
     * Makes a tag of what somebody typed.
     *
     * @throws InvalidValueException if the name is blank, too long or cannot be seen
     */
    public static Tag of(String typed, TagColour colour) {
        String name = typed.strip().replaceAll("\\s+", " ");
        if (name.isEmpty() || name.codePointCount(0, name.length()) > MAX_LENGTH) {
            throw new InvalidValueException("The name of a tag has 1 to " + MAX_LENGTH + " characters.");
        }
        if (name.codePoints().anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT)) {
            throw new InvalidValueException("The name of a tag has characters that cannot be seen.");
        }
        return new Tag(name, colour);
    }

    /** Names that differ in case only are the same to people. */
    String folded() {
        return name.toLowerCase(Locale.ROOT);
    }
}
