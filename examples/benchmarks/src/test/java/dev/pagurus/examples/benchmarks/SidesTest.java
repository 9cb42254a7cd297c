package dev.pagurus.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Document;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is compared does the same: every side stores, finds and refuses the same things. */
class SidesTest {

    private static final int DOCUMENTS = 500;
    private static final Instant FROM = Instant.parse("2027-01-01T00:00:00Z");

    @TempDir
    static Path folder;

    private static Server server;

    @BeforeAll
    static void start() {
        server = new Server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Arguments> sides() {
        return Arrays.stream(Engine.values())
                .flatMap(engine -> Arrays.stream(Library.values())
                        .filter(library -> library.runsOn(engine))
                        .map(library -> Arguments.of(engine, library)));
    }

    @ParameterizedTest
    @MethodSource("sides")
    void allSidesAnswerTheSame(Engine engine, Library library) {
        Place place = new Place(engine, engine == Engine.SQLITE ? folder.toString() : server.address(), "t_" + library);
        place.clear();
        Items items = new Items(300);
        List<Item> first = items.first(DOCUMENTS).toList();
        try (Side side = library.open(place)) {
            side.insertAll(first.stream());
            assertThat(side.get(first.get(7).key()).value()).isEqualTo(first.get(7));
            assertThat(side.page(Item.Status.OPEN, FROM))
                    .extracting(Document::value)
                    .isEqualTo(page(first));

            Item changed = items.any(first.get(7).key(), new SplittableRandom(1));
            side.put(changed);
            side.put(items.any(Items.key(DOCUMENTS), new SplittableRandom(2)));
            assertThat(side.get(changed.key()).value()).isEqualTo(changed);
            assertThat(side.get(Items.key(DOCUMENTS)).value().text()).isEqualTo(changed.text());

            long version = side.get(changed.key()).version();
            side.replace(version, first.get(7));
            if (library != Library.NITRITE) {
                assertThat(side.get(changed.key()).version()).isGreaterThan(version);
                assertThatThrownBy(() -> side.replace(version, changed)).isInstanceOf(RuntimeException.class);
            }
            assertThat(side.get(changed.key()).value()).isEqualTo(first.get(7));
        }
        try (Side again = library.open(place)) {
            assertThat(again.get(first.get(7).key()).value()).isEqualTo(first.get(7));
        }
        place.clear();
    }

    @ParameterizedTest
    @MethodSource("sides")
    void manyPutTheSameDocument(Engine engine, Library library) {
        Place place = new Place(engine, engine == Engine.SQLITE ? folder.toString() : server.address(), "m_" + library);
        place.clear();
        Items items = new Items(300);
        try (Side side = library.open(place)) {
            side.insertAll(items.first(1));
            CompletableFuture<?>[] writers = new CompletableFuture<?>[8];
            for (int i = 0; i < writers.length; i++) {
                SplittableRandom random = new SplittableRandom(i);
                writers[i] = CompletableFuture.runAsync(
                        () -> {
                            for (int n = 0; n < 50; n++) {
                                side.put(items.any(Items.key(0), random));
                            }
                        },
                        task -> new Thread(task).start());
            }
            CompletableFuture.allOf(writers).join();
            assertThat(side.get(Items.key(0)).id()).isEqualTo(Items.key(0));
        }
        place.clear();
    }

    @ParameterizedTest
    @EnumSource
    void manyWritesAtATimeAreTheSameWrites(Engine engine) {
        Place place = new Place(engine, engine == Engine.SQLITE ? folder.toString() : server.address(), "b_limit");
        place.clear();
        Items items = new Items(300);
        List<Item> first = items.first(DOCUMENTS).toList();
        try (JdbcSide side = (JdbcSide) Library.LIMIT.open(place)) {
            side.insertAll(first.stream());
            SplittableRandom random = new SplittableRandom(3);
            List<Item> put = Stream.of(3, 400, DOCUMENTS)
                    .map(number -> items.any(Items.key(number), random))
                    .toList();
            assertThat(side.batches().put(put)).isEqualTo(3);
            put.forEach(item -> assertThat(side.get(item.key()).value()).isEqualTo(item));

            List<JdbcBatches.Expected> expected = put.stream()
                    .map(item -> new JdbcBatches.Expected(side.get(item.key()).version(), item.later()))
                    .toList();
            List<Long> versions = side.batches().replace(expected);
            for (int i = 0; i < versions.size(); i++) {
                Document<Item> replaced = side.get(put.get(i).key());
                assertThat(replaced.version())
                        .isEqualTo(versions.get(i))
                        .isGreaterThan(expected.get(i).version());
                assertThat(replaced.value()).isEqualTo(put.get(i).later());
            }
            assertThatThrownBy(() -> side.batches().replace(expected)).isInstanceOf(IllegalStateException.class);
        }
        place.clear();
    }

    @ParameterizedTest
    @CsvSource({"SQLITE, JDBC", "SQLITE, PAGURUS", "POSTGRES, JDBC", "POSTGRES, PAGURUS"})
    void allDocumentsAreChangedAtOnce(Engine engine, Library library) {
        Place place = new Place(engine, engine == Engine.SQLITE ? folder.toString() : server.address(), "u_" + library);
        place.clear();
        List<Item> first = new Items(300).first(2 * 1000 + 7).toList();
        try (Side side = library.open(place)) {
            side.insertAll(first.stream());
            assertThat(side.updateAll(Item::later)).isEqualTo(first.size());
            for (int number : new int[] {0, 999, 1000, 2006}) {
                assertThat(side.get(Items.key(number)).value())
                        .isEqualTo(first.get(number).later());
            }
        }
        place.clear();
    }

    @ParameterizedTest
    @CsvSource({
        "SQLITE, JDBC",
        "SQLITE, PAGURUS",
        "SQLITE, HELD",
        "POSTGRES, JDBC",
        "POSTGRES, PAGURUS",
        "POSTGRES, HELD"
    })
    void theSameWorkIsClaimed(Engine engine, Library library) {
        Place place = new Place(engine, engine == Engine.SQLITE ? folder.toString() : server.address(), "c_" + library);
        place.clear();
        List<Item> first = new Items(300).first(DOCUMENTS).toList();
        List<Item> open = first.stream()
                .filter(item -> item.status() == Item.Status.OPEN)
                .sorted(Comparator.comparing(Item::due).thenComparing(Item::key))
                .toList();
        try (Side side = library.open(place)) {
            side.insertAll(first.stream());
            assertThat(side.claim(1)).isEqualTo(1);
            assertThat(side.claim(Side.PAGE - 1)).isEqualTo(Side.PAGE - 1);
            assertThat(side.page(Item.Status.OPEN, Instant.EPOCH))
                    .extracting(document -> document.value().key())
                    .isEqualTo(open.stream()
                            .skip(Side.PAGE)
                            .limit(Side.PAGE)
                            .map(Item::key)
                            .toList());
        }
        place.clear();
    }

    private static List<Item> page(List<Item> items) {
        return items.stream()
                .filter(item -> item.status() == Item.Status.OPEN)
                .filter(item -> !item.due().isBefore(FROM))
                .sorted(Comparator.comparing(Item::due).thenComparing(Item::key))
                .limit(Side.PAGE)
                .toList();
    }
}
