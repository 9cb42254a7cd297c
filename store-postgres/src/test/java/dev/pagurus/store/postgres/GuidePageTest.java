package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.pagurus.store.BulkResult;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.EnumField;
import dev.pagurus.store.Filter;
import dev.pagurus.store.Ids;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.Query;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.TextField;
import dev.pagurus.store.Transaction;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The guide shows code that tests run, as RECORDS.md does; it leaves out no verb and no exception, and names what this build uses. */
class GuidePageTest {

    private static final Path TOP = Path.of("..");
    private static final Path GUIDE = TOP.resolve("GUIDE.md");
    private static final Path SOURCES = Path.of("src/test/java");

    /** RECORDS.md and TENANTS.md go on where the guide leaves off. */
    @ParameterizedTest
    @CsvSource({"GUIDE.md, Guide, 15", "RECORDS.md, Records, 15", "TENANTS.md, Tenants, 10"})
    void everySnippetIsCodeThatIsRun(Path page, String prefix, int atLeast) throws IOException {
        String code = withoutWhiteSpace(code(prefix));
        List<String> snippets = fenced(TOP.resolve(page), "java");

        assertThat(snippets).hasSizeGreaterThanOrEqualTo(atLeast);
        assertThat(snippets).allSatisfy(snippet -> assertThat(code).contains(withoutWhiteSpace(snippet)));
    }

    /** So is what the first page of the Javadoc site shows. */
    @Test
    void everySnippetOfTheOverviewIsCodeThatIsRun() throws IOException {
        String code = withoutWhiteSpace(code("Guide"));
        List<String> snippets = Pattern.compile("<pre>\\{@code(.*?)}</pre>", Pattern.DOTALL)
                .matcher(Files.readString(TOP.resolve("store-api/src/site/overview.html")))
                .results()
                .map(snippet -> withoutWhiteSpace(snippet.group(1)))
                .toList();

        assertThat(snippets)
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(snippet -> assertThat(code).contains(snippet));
    }

    /** In code, where it can be copied; and who adds a verb to the API adds it to the guide. */
    @Test
    void everyVerbIsShown() throws IOException {
        String shown = String.join("\n", fenced(GUIDE, "java"));
        Set<String> verbs = Stream.of(
                        DocumentCollection.class, Query.class, Store.class, Transaction.class, Filter.class, Ids.class)
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .filter(method ->
                        Modifier.isPublic(method.getModifiers()) && method.getDeclaringClass() != Object.class)
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        // The rest of what a store can do has a place of its own on the page, or in the README.
        verbs.removeAll(Set.of("backup", "exportTo", "capabilities", "maxBodyBytes", "close", "or"));

        assertThat(verbs).contains("putAll", "countBy", "afterCommit");
        assertThat(verbs).allSatisfy(verb -> assertThat(shown).containsPattern("[.\\s:]" + verb + "\\b"));
        assertThat(Files.readString(GUIDE))
                .contains("store.backup(", "store.exportTo(", "store.capabilities(", "store.maxBodyBytes(");
    }

    @Test
    void everyExceptionHasItsRow() throws IOException {
        String page = Files.readString(GUIDE);

        assertThat(StoreException.class.getPermittedSubclasses())
                .allSatisfy(type -> assertThat(page).contains("\n| `" + type.getSimpleName() + "` | "));
    }

    @Test
    void theLimitsAreThoseOfTheApi() throws IOException {
        assertThat(Files.readString(GUIDE))
                .contains("| id | 1 to " + Schema.MAX_ID_BYTES + " bytes")
                .contains("| text field | " + grouped(TextField.MAX_BYTES) + " bytes")
                .contains("| enum field | " + EnumField.MAX_NAME_BYTES + " bytes")
                .contains("| many-field | " + ManyField.MAX_VALUES + " values of " + ManyField.MAX_BYTES + " bytes")
                .contains("| fields of a schema | " + Schema.MAX_FIELDS + " |")
                .contains("| indexes of a schema | " + Schema.MAX_INDEXES + " |")
                .contains("| one index | " + Schema.MAX_INDEX_FIELDS + " fields; ")
                .contains("| body | " + (StoreConfig.DEFAULT_MAX_BODY_BYTES >> 20) + " MiB, ")
                .contains("limits of its fields together " + grouped(Schema.MAX_INDEX_BYTES) + " bytes")
                .contains("| a page without `limit` | " + ReadQuery.DEFAULT_PAGE + " documents")
                .contains("| failures that a bulk write lists | " + grouped(BulkResult.MAX_FAILURES) + ";");
    }

    @Test
    void everyVersionIsThatOfThisBuild() throws IOException {
        String build = Files.readString(Path.of("../pom.xml"));
        String resolved = resolve(build).replaceAll("\\s+", "");
        String shown = String.join("\n", fenced(GUIDE, "xml"));
        Matcher artifacts = Pattern.compile("<artifactId>([^<]+)</artifactId>\\s*<version>([^<]+)</version>")
                .matcher(shown);
        Set<String> seen = new TreeSet<>();

        for (MatchResult artifact : artifacts.results().toList()) {
            String name = artifact.group(1);
            String version = artifact.group(2);
            seen.add(name);
            if (name.equals("jackson-annotations")) {
                // What Jackson 3 wants here, and what Spring Boot must be told.
                assertThat(homeOf(JsonAlias.class)).isEqualTo("jackson-annotations-" + version + ".jar");
            } else if (name.equals("junit-jupiter")) {
                assertThat(resolved).contains("<artifactId>junit-bom</artifactId><version>" + version + "<");
            } else if (name.equals("jackson-module-kotlin")) {
                assertThat(build).contains("<jackson.version>" + version + "<");
            } else if (!name.equals("notes")) {
                assertThat(resolved)
                        .as(name)
                        .contains("<artifactId>" + name + "</artifactId><version>" + version + "</version>");
            }
        }
        for (String driver : List.of("sqlite-jdbc", "postgresql", "hikaricp")) {
            assertThat(shown).contains(property(build, driver + ".version"));
        }
        assertThat(seen).hasSizeGreaterThanOrEqualTo(11);
    }

    /** These are built by themselves, as users' projects are; nothing else would keep them in step. */
    @ParameterizedTest
    @ValueSource(
            strings = {"spring-boot/pom.xml", "spring-boot/pom-boot-3.5.xml", "kotlin/pom.xml", "custom-store/pom.xml"})
    void anExampleByItselfHasTheVersionsOfThisBuild(String file) throws IOException {
        String build = Files.readString(TOP.resolve("pom.xml"));
        String pom = Files.readString(TOP.resolve("examples").resolve(file));
        Map<String, String> wanted = versions(build);
        Map<String, String> had = versions(pom);
        had.keySet().retainAll(wanted.keySet());

        assertThat(had).hasSizeGreaterThanOrEqualTo(4);
        assertThat(wanted).containsAllEntriesOf(had);
    }

    @Test
    void whatIsSaidOfSpringBootIsWhatTheExampleHas() throws IOException {
        Path example = TOP.resolve("examples/spring-boot");
        String older = Files.readString(example.resolve("pom-boot-3.5.xml"));
        String newer = Files.readString(example.resolve("pom.xml"));
        String page = Files.readString(GUIDE);

        assertThat(page).contains("Tested with " + boot(older) + " and " + boot(newer) + ", on both stores");
        assertThat(fenced(GUIDE, "xml").stream().filter(snippet -> snippet.contains("jackson-annotations")))
                .singleElement()
                .satisfies(snippet -> assertThat(withoutWhiteSpace(older)).contains(withoutWhiteSpace(snippet)));
        assertThat(fenced(GUIDE, "xml").stream().filter(snippet -> snippet.startsWith("<sqlite-jdbc")))
                .singleElement()
                .satisfies(snippet -> assertThat(List.of(older, newer))
                        .allSatisfy(pom -> assertThat(withoutWhiteSpace(pom)).contains(withoutWhiteSpace(snippet))));
    }

    @Test
    void everySnippetOfKotlinIsCodeOfTheExample() throws IOException {
        String code = withoutWhiteSpace(sources(TOP.resolve("examples/kotlin/src/main")));
        List<String> snippets = fenced(GUIDE, "kotlin");

        assertThat(snippets).hasSizeGreaterThanOrEqualTo(3);
        assertThat(snippets).allSatisfy(snippet -> assertThat(code).contains(withoutWhiteSpace(snippet)));
    }

    /** The command line is such a jar, and its tests run it. */
    @Test
    void oneJarIsMadeAsTheCommandLineIs() throws IOException {
        String jar = Files.readString(Path.of("../examples/cli/pom.xml"));

        assertThat(fenced(GUIDE, "xml"))
                .anySatisfy(snippet -> assertThat(snippet)
                        .startsWith("<transformer")
                        .satisfies(line -> assertThat(jar).contains(line.strip())));
    }

    private static String code(String prefix) throws IOException {
        StringBuilder code = new StringBuilder();
        for (String folder : List.of("com/example/notes", "dev/pagurus/store/postgres")) {
            try (Stream<Path> files = Files.list(SOURCES.resolve(folder))) {
                for (Path file : files.sorted().toList()) {
                    String name = file.getFileName().toString();
                    if (name.startsWith("Notebook")
                            || (name.startsWith(prefix) && !name.equals("GuidePageTest.java"))) {
                        code.append(Files.readString(file));
                    }
                }
            }
        }
        code.append(sources(TOP.resolve("examples/spring-boot/src/main")));
        return code.toString();
    }

    private static String sources(Path folder) throws IOException {
        StringBuilder code = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                code.append(Files.readString(file));
            }
        }
        return code.toString();
    }

    private static String boot(String pom) {
        Matcher parent = Pattern.compile("<artifactId>spring-boot-starter-parent</artifactId>\\s*<version>([^<]+)<")
                .matcher(pom);
        assertThat(parent.find()).isTrue();
        return parent.group(1);
    }

    /** The properties that are versions, and the artifacts with theirs. */
    private static Map<String, String> versions(String pom) {
        String resolved = resolve(pom);
        Map<String, String> versions = new TreeMap<>();
        for (String pattern : List.of(
                "<([a-z0-9.-]+\\.version)>([^<]+)</",
                "<artifactId>([^<]+)</artifactId>\\s*<version>([^<$]+)</version>")) {
            for (MatchResult found :
                    Pattern.compile(pattern).matcher(resolved).results().toList()) {
                versions.put(found.group(1), found.group(2));
            }
        }
        return versions;
    }

    /** Puts the properties of the build in their places. */
    private static String resolve(String build) {
        String resolved = build;
        for (MatchResult property : Pattern.compile("<([a-z0-9.-]+\\.version)>([^<$]+)</")
                .matcher(build)
                .results()
                .toList()) {
            resolved = resolved.replace("${" + property.group(1) + "}", property.group(2));
        }
        Matcher own = Pattern.compile("<artifactId>pagurus-parent</artifactId>\\s*<version>([^<]+)<")
                .matcher(build);
        return own.find() ? resolved.replace("${project.version}", own.group(1)) : resolved;
    }

    private static String property(String build, String name) {
        Matcher property = Pattern.compile("<" + Pattern.quote(name) + ">[^<]+</" + Pattern.quote(name) + ">")
                .matcher(build);
        assertThat(property.find()).as(name).isTrue();
        return property.group();
    }

    private static String homeOf(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .getFileName()
                .toString();
    }

    private static String grouped(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static List<String> fenced(Path page, String language) throws IOException {
        Matcher blocks =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(page));
        return blocks.results().map(block -> block.group(1)).toList();
    }

    /** The formatter breaks lines where it likes. */
    private static String withoutWhiteSpace(String text) {
        return text.replaceAll("\\s", "");
    }
}
