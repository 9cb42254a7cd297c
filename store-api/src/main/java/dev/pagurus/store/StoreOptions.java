package dev.pagurus.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the options of a store's URL, each with its default and unit; for store authors.
 *
 * <p>An engine asks for every option it knows and then calls {@link #refuseUnknown()}:
 *
 * <pre>{@code
 * StoreOptions options = config.options();
 * int readers = options.integer("readers", 2, 1, 64);
 * Duration lock = options.duration("lock.wait", Duration.ofSeconds(5));
 * options.refuseUnknown();
 * }</pre>
 *
 * <p>Not safe for use by several threads.
 */
public final class StoreOptions {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})(|B|KiB|MiB|GiB)");

    private static final Pattern NAME = Pattern.compile("[\\w. -]{1,40}");

    private final Map<String, String> given;
    private final TreeSet<String> known = new TreeSet<>(List.of("timeout", "body.max", "slow"));

    StoreOptions(Map<String, String> given) {
        this.given = given;
    }

    /** Returns an option's text. */
    public String text(String name, String ifAbsent) {
        known.add(name);
        return given.getOrDefault(name, ifAbsent);
    }

    /**
     * Returns an option that is a whole number.
     *
     * @throws ConfigurationException if it is not one from {@code least} to {@code most}
     */
    public int integer(String name, int ifAbsent, int least, int most) {
        String text = text(name, Integer.toString(ifAbsent));
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, with what is allowed.
        }
        throw malformed(name, "a whole number from " + least + " to " + most);
    }

    /**
     * Returns an option that is {@code true} or {@code false}.
     *
     * @throws ConfigurationException if it is neither
     */
    public boolean flag(String name, boolean ifAbsent) {
        return switch (text(name, Boolean.toString(ifAbsent))) {
            case "true" -> true;
            case "false" -> false;
            default -> throw malformed(name, "true or false");
        };
    }

    /**
     * Returns an option that is a duration with its unit: {@code 500ms}, {@code 10s}, {@code 5m}, {@code 1h}, {@code 1d}.
     *
     * @throws ConfigurationException if it is not one
     */
    public Duration duration(String name, Duration ifAbsent) {
        String text = text(name, "");
        if (!given.containsKey(name)) {
            return ifAbsent;
        }
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw malformed(name, "a duration with its unit, such as 500ms, 10s, 5m, 1h or 1d");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    /**
     * Returns an option that is a size in bytes: {@code 512}, {@code 64KiB}, {@code 16MiB}, {@code 1GiB}.
     *
     * @throws ConfigurationException if it is not one from {@code least} to {@code most}
     */
    public long bytes(String name, long ifAbsent, long least, long most) {
        Matcher matcher = SIZE.matcher(text(name, Long.toString(ifAbsent)));
        if (matcher.matches()) {
            int shift = switch (matcher.group(2)) {
                case "KiB" -> 10;
                case "MiB" -> 20;
                case "GiB" -> 30;
                default -> 0;
            };
            long amount = Long.parseLong(matcher.group(1));
            if (amount <= Long.MAX_VALUE >> shift && amount << shift >= least && amount << shift <= most) {
                return amount << shift;
            }
        }
        throw malformed(
                name, "a size from " + least + " to " + most + " bytes, with or without the unit KiB, MiB or GiB");
    }

    /**
     * Returns an option that is one of the names of an enum, in lower case.
     *
     * @throws ConfigurationException if it is none of them
     */
    public <E extends Enum<E>> E choice(String name, E ifAbsent) {
        String text = text(name, lower(ifAbsent));
        List<String> choices = new ArrayList<>();
        for (E constant : ifAbsent.getDeclaringClass().getEnumConstants()) {
            if (lower(constant).equals(text)) {
                return constant;
            }
            choices.add(lower(constant));
        }
        throw malformed(name, "one of " + String.join(", ", choices));
    }

    /**
     * Refuses options that nobody has asked for.
     *
     * @throws ConfigurationException if there is one; the message lists the known ones
     */
    public void refuseUnknown() {
        for (String name : given.keySet()) {
            if (!known.contains(name)) {
                throw new ConfigurationException("The URL has the unknown option " + shown(name) + ". Known options: "
                        + String.join(", ", known) + ".");
            }
        }
    }

    /** The value is left out: if the name is mistyped, it could be anybody's secret. */
    private static ConfigurationException malformed(String name, String wanted) {
        return new ConfigurationException("The option '" + name + "' of the URL must be " + wanted + ".");
    }

    /** What is not like a name may be half of a password with a '?', '&' and '=' in it. */
    static String shown(String name) {
        return NAME.matcher(name).matches() ? "'" + name + "'" : "'***' (it is not like a name, and not shown)";
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Shows the names only. */
    @Override
    public String toString() {
        return given.keySet().stream().map(StoreOptions::shown).toList().toString();
    }
}
