package dev.pagurus.store;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** A store's URL taken apart; never prints its secrets. */
record StoreUrl(String scheme, String address, Map<String, String> options, String redacted) {

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*");

    /** Takes off what stands around a URL that was read from a file or printed by a program. */
    static String trim(String url) {
        return (url.startsWith(BYTE_ORDER_MARK) ? url.substring(BYTE_ORDER_MARK.length()) : url).strip();
    }

    static StoreUrl parse(String url) {
        if (url.chars().anyMatch(Character::isISOControl)) {
            throw new ConfigurationException(
                    "The URL has a line break, tab or other control character within it. Take it"
                            + " out, or write it as %0A if it belongs to a name. (The URL is not shown here, for it may hold a"
                            + " password.)");
        }
        String rest = url.regionMatches(true, 0, "jdbc:", 0, 5) ? url.substring(5) : url;
        int colon = rest.indexOf(':');
        if (colon < 0 || !SCHEME.matcher(rest.substring(0, colon)).matches()) {
            throw new ConfigurationException("This is not the URL of a store: it must start with a scheme and a colon,"
                    + " such as sqlite:notes.db or postgres://user@host:5432/db. (It is not shown here, for it may hold a"
                    + " password.)");
        }
        String scheme = rest.substring(0, colon).toLowerCase(Locale.ROOT);
        int question = rest.indexOf('?', colon);
        String address = question < 0 ? rest.substring(colon + 1) : rest.substring(colon + 1, question);
        String query = question < 0 ? "" : rest.substring(question + 1);
        if (address.startsWith("//") && address.indexOf('@') < 0 && query.indexOf('@') >= 0) {
            // Were it taken for an option, a message could show what is half of a password.
            throw new ConfigurationException("The URL has a '?' before its '@'. In a password, write '?' as %3F; in an"
                    + " option, write '@' as %40. (The URL is not shown here, for it may hold a password.)");
        }
        return new StoreUrl(scheme, address, options(query), redact(scheme, rest.substring(colon + 1)));
    }

    /** Replaces each percent sign and two hex digits by the byte they stand for. */
    static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * 3);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                int end = Character.isHighSurrogate(c) && i + 1 < text.length() ? i + 2 : i + 1;
                bytes.put(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
                i = end - 1;
                continue;
            }
            int high = i + 2 < text.length() ? digit(text.charAt(i + 1)) : -1;
            int low = i + 2 < text.length() ? digit(text.charAt(i + 2)) : -1;
            if (high < 0 || low < 0) {
                throw notEncoded();
            }
            bytes.put((byte) (high << 4 | low));
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw notEncoded();
        }
    }

    /** Not Character.digit, which takes the digits of every script. */
    private static int digit(char c) {
        return HexFormat.isHexDigit(c) ? HexFormat.fromHexDigit(c) : -1;
    }

    private static ConfigurationException notEncoded() {
        return new ConfigurationException(
                "The URL has a '%' that is not followed by the two hex digits of a UTF-8 byte."
                        + " Write a percent sign itself as %25. (The URL is not shown here, for it may hold a password.)");
    }

    private static Map<String, String> options(String query) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw new ConfigurationException("The URL has an option without a name or a value; options are"
                        + " name=value, joined by &. A '?' that belongs to the address is written %3F.");
            }
            String name = decode(pair.substring(0, equals));
            if (options.put(name, decode(pair.substring(equals + 1))) != null) {
                throw new ConfigurationException("The URL has the option '" + name + "' twice. Remove one of them.");
            }
        }
        return Collections.unmodifiableMap(options);
    }

    /**
     * Leaves out the options whole, for any of them may be a secret, and everything between the user and the last '@', so
     * that a password with raw '/', '?' or '@' in it does not show either. Where the slashes were forgotten, what stands
     * before an '@' may be a password, or the name of a directory, which is not missed as much.
     */
    private static String redact(String scheme, String rest) {
        int at = rest.lastIndexOf('@');
        String shown = rest;
        if (at >= 0 && !rest.startsWith("//")) {
            shown = rest.lastIndexOf('?', at) < 0 ? "***" + rest.substring(at) : "***";
        } else if (at >= 0) {
            String credentials = rest.substring(2, at);
            int colon = credentials.indexOf(':');
            shown = "//" + (colon < 0 ? credentials : credentials.substring(0, colon) + ":***") + rest.substring(at);
        }
        int question = shown.indexOf('?');
        return scheme + ":" + (question < 0 ? shown : shown.substring(0, question));
    }

    @Override
    public String toString() {
        return redacted;
    }
}
