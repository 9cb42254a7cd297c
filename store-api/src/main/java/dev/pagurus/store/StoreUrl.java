package dev.pagurus.store;

import static java.util.regex.Matcher.quoteReplacement;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A store's URL taken apart; never prints its secrets. */
record StoreUrl(String scheme, String address, Map<String, String> options, String redacted) {

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*");

    /** Encoded ones too, however often: a message may show what was decoded. */
    private static final Pattern AT = Pattern.compile("@|%(?:25)*40");

    private static final Pattern END_OF_USER = Pattern.compile("[:/?#;&=,]|%(?:25)*(?:3[aAfFbBdD]|2[fFcC36])");
    private static final Pattern EQUALS = Pattern.compile("=|%(?:25)*3[dD]");
    private static final Pattern NO_PORT = Pattern.compile("(\\[[^\\]/]*])|:(?!\\d{1,5}(?:[,/]|$))[^,/]*");

    /** Takes off what stands around a URL that was read from a file or printed by a program. */
    static String trim(String url) {
        return (url.startsWith(BYTE_ORDER_MARK) ? url.substring(BYTE_ORDER_MARK.length()) : url).strip();
    }

    static StoreUrl parse(String url) {
        if (hasControl(url)) {
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
        boolean withUser = address.startsWith("//") || address.indexOf(':') >= 0;
        if (withUser && address.indexOf('@') < 0 && query.indexOf('@') >= 0) {
            // Were it taken for an option, a message could show what is half of a password.
            throw new ConfigurationException("The URL has a '?' before its '@'. In a password, write '?' as %3F; in an"
                    + " option, write '@' as %40. (The URL is not shown here, for it may hold a password.)");
        }
        return new StoreUrl(scheme, address, options(query), redact(scheme, rest.substring(colon + 1)));
    }

    private static boolean hasControl(String url) {
        for (int i = 0; i < url.length(); i++) {
            if (Character.isISOControl(url.charAt(i))) {
                return true;
            }
        }
        return false;
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
                throw new ConfigurationException(
                        "The URL has the option " + StoreOptions.shown(name) + " twice. Remove one of them.");
            }
        }
        return Collections.unmodifiableMap(options);
    }

    /**
     * What is shown of a URL, whatever its scheme: all messages, logs and names take it from here. Left out is whatever may
     * be a secret, even if somebody wrote it where it does not belong: what comes before the last '@' except for a user after
     * two slashes, what comes after the first '=' or '?', and a port that is none. So a password does not show if the
     * slashes were forgotten, the '@' was, or a '/', '?' or '@' of its own is not encoded. It may be the name of a directory,
     * which is not missed as much.
     */
    private static String redact(String scheme, String rest) {
        String shown = rest;
        int at = -1;
        for (Matcher found = AT.matcher(rest); found.find(); ) {
            at = found.start();
        }
        if (at < 0) {
            shown = rest.startsWith("//") ? withPorts(rest) : rest;
        } else if (rest.startsWith("//")) {
            shown = "//" + user(rest.substring(2, at)) + rest.substring(at);
        } else {
            shown = rest.lastIndexOf('?', at) < 0 ? "***" + rest.substring(at) : "***";
        }
        int question = shown.indexOf('?');
        shown = question < 0 ? shown : shown.substring(0, question);
        Matcher equals = EQUALS.matcher(shown);
        return scheme + ":" + (equals.find() ? shown.substring(0, equals.end()) + "***" : shown);
    }

    private static String user(String credentials) {
        Matcher end = END_OF_USER.matcher(credentials);
        if (!end.find()) {
            return credentials;
        }
        return end.start() == 0 ? "***" : credentials.substring(0, end.start()) + ":***";
    }

    /** Without an '@', what looks like a port may be the password of a user who looks like a host. */
    private static String withPorts(String rest) {
        int slash = rest.indexOf('/', 2);
        String hosts = slash < 0 ? rest : rest.substring(0, slash);
        return NO_PORT.matcher(hosts)
                        .replaceAll(match -> match.group(1) == null ? ":***" : quoteReplacement(match.group()))
                + rest.substring(hosts.length());
    }

    @Override
    public String toString() {
        return redacted;
    }
}
