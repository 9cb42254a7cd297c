package dev.pagurus.examples.dashboard.web;

import java.nio.charset.StandardCharsets;

/** What texts from outside must keep to. */
final class Texts {

    private Texts() {}

    /** Returns the text, if it can be stored and fits. */
    static String checked(String name, String text, int maxBytes) {
        if (text.length() > maxBytes || text.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
            throw new BadRequestException("'" + name + "' is longer than " + maxBytes + " bytes.");
        }
        if (text.codePoints().anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE)) {
            throw new BadRequestException("'" + name + "' has characters that are not text.");
        }
        return text;
    }
}
