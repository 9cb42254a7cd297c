package dev.pagurus.store.sqlite;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** URLs that mean no database, and configurations that contradict themselves. {@code DIR} stands for a directory. */
final class HostileUrls {

    private static final String NO_URL = "must start with a scheme and a colon";
    private static final String NO_FILE = "names no file";
    private static final String NO_DIRECTORY = "does not exist. Create it, or correct the path";
    private static final String NOT_ENCODED = "has a '%' that is not followed by";
    private static final String DURATION = "'timeout' of the URL must be a duration with its unit";
    private static final String SIZE = "'body.max' of the URL must be a size from 1 to 536870912 bytes";

    private HostileUrls() {}

    static Stream<Attack> attacks() {
        List<Attack> attacks = new ArrayList<>();
        addSchemes(attacks);
        addPaths(attacks);
        addSecrets(attacks);
        addEncodings(attacks);
        addOptions(attacks);
        addBuilders(attacks);
        return attacks.stream();
    }

    private static void addSchemes(List<Attack> attacks) {
        attacks.add(url("", NO_URL));
        attacks.add(url(" ", NO_URL));
        attacks.add(url(":", NO_URL));
        attacks.add(url("notes.db", NO_URL));
        attacks.add(url("/var/lib/notes.db", NO_URL));
        attacks.add(url("sq lite:notes.db", NO_URL));
        attacks.add(url("1sqlite:notes.db", NO_URL));
        attacks.add(url("jdbc:", NO_URL));
        attacks.add(url("jdbc:notes.db", NO_URL));
        attacks.add(url("sqlite;//user:" + Attack.SECRET + "@host/db", NO_URL));
        attacks.add(url("jdbc:jdbc:sqlite:notes.db", "knows the scheme 'jdbc'"));
        attacks.add(url("sqlite3:notes.db", "No store on the path knows the scheme 'sqlite3'"));
        attacks.add(url("C:\\data\\notes.db", "knows the scheme 'c'"));
        attacks.add(url(
                "mysql://user:" + Attack.SECRET + "@host/db", "knows the scheme 'mysql' of mysql://user:***@host/db"));
        attacks.add(url("mysql://user:" + Attack.SECRET + "@x:a@host/db?a=@", "knows the scheme 'mysql'"));
        attacks.add(url("mysql://host/db?password=" + Attack.SECRET, "knows the scheme 'mysql' of mysql://host/db"));
        attacks.add(
                url("postgres://user:" + Attack.SECRET + "@host/db", "Add the dependency dev.pagurus:store-postgres"));
        attacks.add(url("file:///etc/passwd", "knows the scheme 'file'"));
        attacks.add(url("https://user:" + Attack.SECRET + "@example.org/notes.db", "knows the scheme 'https'"));
    }

    private static void addPaths(List<Attack> attacks) {
        attacks.add(url("sqlite:", NO_FILE));
        attacks.add(url("jdbc:sqlite:", NO_FILE));
        attacks.add(url("sqlite:?timeout=5s", NO_FILE));
        attacks.add(url("sqlite::memory", NO_FILE));
        attacks.add(url("sqlite::MEMORY:", NO_FILE));
        attacks.add(url("sqlite::memory:x", NO_FILE));
        attacks.add(url("sqlite::resource:https://example.org/notes.db", NO_FILE));
        attacks.add(url("sqlite:file:DIR/notes.db", NO_FILE));
        attacks.add(url("sqlite:%3Amemory%3A", NO_FILE));
        attacks.add(url("sqlite:file%3A/etc/passwd%3Fmode=ro", NO_FILE));
        attacks.add(url("sqlite:/", "is a directory"));
        attacks.add(url("sqlite://", "is a directory"));
        attacks.add(url("sqlite:.", "is a directory"));
        attacks.add(url("sqlite:DIR", "is a directory"));
        attacks.add(url("sqlite:DIR/directory/", "is a directory"));
        attacks.add(url("sqlite:DIR/directory/../directory", "is a directory"));
        attacks.add(url("sqlite:DIR/missing/notes.db", NO_DIRECTORY));
        attacks.add(url("sqlite:~/missing-here/notes.db", NO_DIRECTORY));
        attacks.add(url("sqlite:DIR/short.txt/notes.db", NO_DIRECTORY));
        attacks.add(url("sqlite:DIR/notes.db/", "director"));
        attacks.add(url("sqlite:DIR/long.txt", "is not a SQLite database"));
        attacks.add(url("sqlite:DIR/short.txt", "is not a SQLite database"));
        attacks.add(url("sqlite:/proc/self/cmdline", "cannot be opened or created by this user"));
        attacks.add(url("sqlite:/dev/zero", "is not a"));
        attacks.add(url("sqlite:/dev/null", "is not a"));
        attacks.add(titled("a name of 300 characters", "sqlite:DIR/" + "x".repeat(300), "is too long"));
        attacks.add(titled("a path with U+0000", "sqlite:DIR/a\0b", "control character"));
        attacks.add(titled("a path with a line break", "sqlite:DIR/a\nb.db", "control character"));
        attacks.add(titled("an option with a tab", "sqlite:DIR/a.db?readers=1\t2", "control character"));
        attacks.add(titled("a scheme of two lines", "sqlite\n:DIR/a.db", "control character"));
        attacks.add(titled("a path with a lone surrogate", "sqlite:DIR/\uD800.db", "is not one on this system"));
    }

    /** Whatever the path is, and whoever complains of it. */
    private static void addSecrets(List<Attack> attacks) {
        String user = "has a user or a password, and a SQLite file has neither";
        for (String address : List.of(
                "u:S@h/x.db",
                "//u:S@h/x.db",
                "//S@h/x.db",
                "//u:pa/S@h/x.db",
                "u:p@S@h/x.db",
                "u%3AS%40h/x.db",
                "//u%3AS%40h/x.db",
                "u:S%40h:1/x.db",
                ":S@h/x.db")) {
            attacks.add(url("sqlite:" + address.replace("S", Attack.SECRET), user));
            attacks.add(url("jdbc:sqlite:" + address.replace("S", Attack.SECRET) + "?timeout=5s", user));
        }
        for (String address : List.of(
                "/u:S@h/x.db",
                "///u:S@h/x.db",
                "DIR/u:S@h/x.db",
                "./u:S@h/x.db",
                "%2Fu%3AS%40h%2Fx.db",
                "DIR/missing;key=S/x.db",
                "DIR/missing&key=S/x.db",
                "DIR/missing%3Fkey=S/x.db",
                "DIR/missing#key%3DS/x.db",
                "DIR/short.txt/u:S@h/x.db")) {
            attacks.add(url("sqlite:" + address.replace("S", Attack.SECRET), NO_DIRECTORY));
        }
        attacks.add(url("sqlite:DIR/u:" + Attack.SECRET + "@h/", "is a directory"));
        attacks.add(url("sqlite:DIR/u:" + Attack.SECRET + "@" + "x".repeat(300), "is too long"));
        attacks.add(url("sqlite:DIR/u:" + Attack.SECRET + "@h%00", "is not one on this system"));
        attacks.add(url("sqlite:DIR/u:" + Attack.SECRET + "@h?migrate=validate", "There is no file"));
        attacks.add(url("sqlite:DIR/x.db;key=" + Attack.SECRET + "?migrate=validate", "There is no file"));
        attacks.add(url("sqlite:DIR/u:" + Attack.SECRET + "@h?colour=red", "unknown option"));
        attacks.add(url("sqlite:DIR/u:pw?x=" + Attack.SECRET + "@h/x.db", "has a '?' before its '@'"));
        attacks.add(url("sqlite:DIR/x.db?timeout=1s&" + Attack.SECRET + "/=1", "not shown"));
    }

    private static void addEncodings(List<Attack> attacks) {
        for (String wrong : List.of("%", "%4", "%zz", "a%2", "%%41", "% 41", "%+4", "%-1")) {
            attacks.add(url("sqlite:DIR/" + wrong, NOT_ENCODED));
            attacks.add(url("sqlite:DIR/notes.db?timeout=" + wrong, NOT_ENCODED));
        }
        attacks.add(url("sqlite:DIR/%00", "is not one on this system"));
        attacks.add(url("sqlite:DIR/%FF.db", NOT_ENCODED));
        attacks.add(url("sqlite:DIR/%C3%28.db", NOT_ENCODED));
        attacks.add(url("sqlite:DIR/%ED%A0%80.db", NOT_ENCODED));
        attacks.add(url("sqlite:DIR/notes.db?timeout=%FF", NOT_ENCODED));
        attacks.add(titled("a percent sign before fullwidth digits", "sqlite:DIR/%\uFF14\uFF11.db", NOT_ENCODED));
        attacks.add(titled("the same in an option", "sqlite:DIR/notes.db?timeout=%\uFF14\uFF11", NOT_ENCODED));
    }

    private static void addOptions(List<Attack> attacks) {
        UnaryOperator<String> with = option -> "sqlite:DIR/notes.db?" + option;
        String known =
                "Known options: body.max, cache, journal.limit, migrate, network, readers, slow, snapshots, synchronous, timeout.";
        attacks.add(url(with.apply("colour=red"), "unknown option 'colour'. " + known));
        attacks.add(url(with.apply("TIMEOUT=5s"), "unknown option 'TIMEOUT'"));
        attacks.add(url(with.apply("password=" + Attack.SECRET), "unknown option 'password'"));
        attacks.add(url(with.apply("enable_load_extension=true"), "unknown option 'enable_load_extension'"));
        attacks.add(url(with.apply("mode=memory&cache=shared"), "'cache' of the URL must be a size"));
        attacks.add(url(with.apply("timeout=5s&timeout=6s"), "the option 'timeout' twice"));
        attacks.add(url(with.apply("timeout"), "an option without a name or a value"));
        attacks.add(url(with.apply("=5s"), "an option without a name or a value"));
        attacks.add(url(with.apply("a?b"), "an option without a name or a value"));
        for (String wrong : List.of(
                "",
                "5",
                "s",
                "-5s",
                "+5s",
                "5 s",
                "5S",
                "5sec",
                "1.5s",
                "1e3s",
                "0x5s",
                "5s5s",
                "1000000000s",
                "5%00s")) {
            attacks.add(url(with.apply("timeout=" + wrong), DURATION));
        }
        attacks.add(url(with.apply("timeout=0s"), "'timeout' must be longer than nothing"));
        attacks.add(url(with.apply("timeout=0d"), "'timeout' must be longer than nothing"));
        attacks.add(url(with.apply("timeout=999999999d"), "timeout"));
        for (String wrong : List.of(
                "",
                "0",
                "-1",
                "1.5MiB",
                "1 MiB",
                "1MB",
                "1mib",
                "1TiB",
                "KiB",
                "513MiB",
                "536870913",
                "999999999999GiB",
                "9223372036854775808",
                "18446744073709551617")) {
            attacks.add(url(with.apply("body.max=" + wrong), SIZE));
        }
        for (String wrong : List.of("", "0", "-1", "65", "two", "2.0", "2147483648", "99999999999999999999")) {
            attacks.add(
                    url(with.apply("readers=" + wrong), "'readers' of the URL must be a whole number from 1 to 64"));
        }
        attacks.add(url(with.apply("synchronous=FULL"), "'synchronous' of the URL must be one of off, normal, full"));
        attacks.add(url(with.apply("synchronous=full;drop"), "must be one of off, normal, full"));
        attacks.add(url(with.apply("network=maybe"), "'network' of the URL must be one of refuse, allow"));
        attacks.add(url(with.apply("cache=1"), "'cache' of the URL must be a size from 65536"));
    }

    private static void addBuilders(List<Attack> attacks) {
        attacks.add(built("a time-out of nothing", "timeout", builder -> builder.timeout(Duration.ZERO)));
        attacks.add(built("a negative time-out", "timeout", builder -> builder.timeout(Duration.ofSeconds(-1))));
        attacks.add(built(
                "an endless time-out", "timeout", builder -> builder.timeout(Duration.ofSeconds(Long.MAX_VALUE))));
        attacks.add(built("a body of 0 bytes", "body", builder -> builder.maxBodyBytes(0)));
        attacks.add(built("a body of -1 bytes", "body", builder -> builder.maxBodyBytes(-1)));
        attacks.add(built("a body of 8 EiB", "body", builder -> builder.maxBodyBytes(Long.MAX_VALUE)));
        attacks.add(built("a user", "no user and no password", builder -> builder.user("admin")));
        attacks.add(built("a password", "no user and no password", builder -> builder.password(Attack.SECRET)));
    }

    private static Attack built(String title, String fragment, UnaryOperator<StoreConfig.Builder> change) {
        return new Attack(
                title,
                ConfigurationException.class,
                fragment,
                victim -> Stores.open(change.apply(StoreConfig.builder(
                                        "sqlite:" + victim.surroundings().resolve("notes.db")))
                                .build())
                        .close());
    }

    private static Attack url(String url, String fragment) {
        return titled("the URL '" + url + "'", url, fragment);
    }

    private static Attack titled(String title, String url, String fragment) {
        return new Attack(
                title,
                ConfigurationException.class,
                fragment,
                victim -> Stores.open(url.replace("DIR", victim.surroundings().toString()))
                        .close());
    }
}
