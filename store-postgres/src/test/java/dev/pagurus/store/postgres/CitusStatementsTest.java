package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * No statement of the store has a form that Citus refuses on distributed tables. The server's parser says what a statement
 * is, and its log has all that it gets. That none is left out is seen in our sources: whatever there begins one of the forms
 * must have come to the server.
 */
@Timeout(300)
class CitusStatementsTest {

    private static final Path SOURCES = Path.of("src/main/java");

    /** Texts of SQL, as far as they are written down as one. */
    private static final Pattern LITERALS =
            Pattern.compile("\"\"\"(.*?)\"\"\"|\"((?:[^\"\\\\\\n]|\\\\.)*)\"", Pattern.DOTALL);

    private static final Pattern FORM = Pattern.compile("\\b(case|coalesce|update|on conflict|returning)\\b");

    /** What is put into a text later. */
    private static final Pattern GAP = Pattern.compile("%(\\d+\\$)?s|\\\\n");

    /** Said to people, or to be run by them. */
    private static final Pattern MESSAGES = Pattern.compile("grant select|[a-z]\\. |[A-Z]");

    private static final String BY_HAND = "/* by hand */";

    private static ParsedStatements parsed;
    private static CitusRules rules;

    @BeforeAll
    static void start() throws Exception {
        parsed = ParsedStatements.start();
        try (Connection connection = parsed.server().connect("postgres")) {
            rules = new CitusRules(connection);
            CitusCatalogue.create(connection);
        }
        EveryStatement.send(parsed.server());
    }

    @AfterAll
    static void stop() {
        parsed.close();
    }

    private static Map<String, List<String>> refused(Map<String, String> trees) {
        Map<String, List<String>> refused = new LinkedHashMap<>();
        trees.forEach((statement, tree) -> {
            List<String> refusals = rules.refusals(NodeTree.parse(tree));
            if (!refusals.isEmpty()) {
                refused.put(statement, refusals);
            }
        });
        return refused;
    }

    @Test
    void noStatementHasAFormThatIsRefused() throws IOException {
        Map<String, String> ours = parsed.trees();
        ours.keySet().removeIf(statement -> statement.contains(BY_HAND));
        assertThat(ours).as("statements").hasSizeGreaterThan(100);
        assertThat(refused(ours)).as("what Citus would refuse").isEmpty();
    }

    @Test
    void whateverBeginsSuchAFormInOurSourcesHasComeToTheServer() throws IOException {
        String all = words(String.join("\n", parsed.trees().keySet()));
        List<String> parts = parts();
        assertThat(parts).as("parts of SQL in the sources").hasSizeGreaterThan(20);
        assertThat(parts.stream().filter(part -> !all.contains(part)))
                .as("parts of SQL that were never sent; have EveryStatement send them")
                .isEmpty();
    }

    private static List<String> parts() throws IOException {
        List<String> parts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher literal = LITERALS.matcher(Files.readString(file));
                while (literal.find()) {
                    String text = literal.group(1) == null ? literal.group(2) : literal.group(1);
                    for (String part : GAP.split(text, -1)) {
                        String words = words(part);
                        if (FORM.matcher(words).find()
                                && !MESSAGES.matcher(words).find()) {
                            parts.add(words);
                        }
                    }
                }
            }
        }
        return parts;
    }

    private static String words(String text) {
        return text.replaceAll("\\s+", " ").replaceAll("\\$\\d+", "?").strip();
    }

    /** The forms that there were before, and others of their kind. */
    @Test
    void theFormsAreRefused() throws IOException, SQLException {
        List<String> forms = List.of(
                "update t set n = coalesce(null::bigint, (date_part('epoch', statement_timestamp()) * 1000000)::bigint)",
                "delete from t where (case current_setting('transaction_isolation') when 'serializable' then '1' end)::int = 1",
                "select case when true then pg_current_snapshot()::text end",
                "with w as (select case when a is null then current_user end from t) select * from w",
                "update t set tags = u.tags::text[] from unnest(array[1], array['{}']) as u (n, tags) where t.n = u.n",
                "delete from t where to_regclass(a) is null",
                "insert into t (n) values (1) returning statement_timestamp()",
                "insert into t (n) values (1) on conflict (n) do update set a = now()::text");
        try (Connection connection = parsed.server().connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("create temp table t (n bigint primary key, a text, tags text[])");
            for (String form : forms) {
                statement.execute(form + " " + BY_HAND);
            }
        }
        Map<String, String> trees = new LinkedHashMap<>();
        Waiting.until("the statements to be in the log", () -> {
            try {
                trees.putAll(parsed.trees());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return forms.stream().allMatch(form -> trees.containsKey(form + " " + BY_HAND));
        });
        trees.keySet().removeIf(statement -> !statement.contains(BY_HAND));
        assertThat(refused(trees).keySet()).hasSameSizeAs(forms);
    }
}
