package dev.pagurus.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.examples.benchmarks.plans.HandPlan;
import dev.pagurus.examples.benchmarks.plans.PostgresPlans;
import dev.pagurus.examples.benchmarks.plans.SqlitePlans;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.tck.samples.Entries;
import dev.pagurus.store.tck.samples.Entry;
import dev.pagurus.store.tck.samples.QueryShape;
import dev.pagurus.store.tck.samples.QueryShapes;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShapeRunTest {

    /** Enough for the later pages of two shapes. */
    private static final int DOCUMENTS = 3200;

    private static final HandPlan ENDLESS = new HandPlan(
            "endless", List.of(), "with recursive c(n) as (select 1 union all select n from c) select count(*) from c");

    @TempDir
    static Path folder;

    private static final Map<Engine, Place> PLACES = new EnumMap<>(Engine.class);
    private static Server server;

    @BeforeAll
    static void start() {
        server = new Server();
        for (Engine engine : Engine.values()) {
            PLACES.put(engine, place(engine, "shapes"));
            ShapeRun.fill(filled(engine), DOCUMENTS, 0);
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Place place(Engine engine, String name) {
        return new Place(engine, engine == Engine.SQLITE ? folder.toString() : server.address(), name);
    }

    private static Place filled(Engine engine) {
        return Objects.requireNonNull(PLACES.get(engine));
    }

    /** A plan that gave another answer would end the run. */
    @ParameterizedTest
    @EnumSource
    void everyShapeIsHeldAgainstPlansThatGiveTheSameAnswer(Engine engine) {
        List<Comparison> comparisons = new ArrayList<>();
        Cell cell = new Cell(Work.SHAPES, engine, 1, false);

        new ShapeRun(Plan.of("quick", "time=0"), cell, filled(engine)).run(comparisons::add);

        assertThat(comparisons)
                .extracting(Comparison::detail)
                .containsExactlyElementsOf(
                        QueryShapes.all().stream().map(QueryShape::name).toList());
        assertThat(comparisons).allSatisfy(comparison -> {
            assertThat(comparison.note()).isNotEmpty();
            assertThat(comparison.ratio().mean()).isPositive();
            assertThat(comparison.baselineMillis()).isPositive();
        });
    }

    @ParameterizedTest
    @EnumSource
    void aPlanWithAnotherAnswerIsAnError(Engine engine) throws SQLException {
        QueryShape shape = QueryShapes.all().get(0);
        try (HandConnections connections = new HandConnections(filled(engine))) {
            assertThatThrownBy(() -> ShapeRun.tried(
                            connections, shape, plans(engine, shape), List.of("another"), Duration.ofMinutes(1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll("unread, latest", "another", "select");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHopelessPlanIsGivenUp(Engine engine) throws SQLException {
        QueryShape count = QueryShapes.all().get(38);
        List<HandPlan> plans = new ArrayList<>(List.of(ENDLESS));
        plans.addAll(plans(engine, count));
        plans.add(ENDLESS);
        try (HandConnections connections = new HandConnections(filled(engine));
                Store store = Stores.open(filled(engine).pagurusUrl())) {
            String answer =
                    String.valueOf(count.on(store.collection(Entry.SCHEMA)).count());

            assertThat(ShapeRun.tried(connections, count, plans, List.of(answer), Duration.ofMillis(500)))
                    .isNotEmpty()
                    .extracting(tried -> tried.plan().name())
                    .doesNotContain("endless");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsFilledIsFilledAgainOnlyWhereSomethingIsMissing(Engine engine) {
        Place place = place(engine, "kept");
        assertThat(ShapeRun.fill(place, 100, 300)).isTrue();
        assertThat(ShapeRun.fill(place, 100, 300)).isFalse();
        try (Store store = Stores.open(place.pagurusUrl())) {
            store.collection(Entry.SCHEMA).delete(Entries.id(7));
        }
        assertThat(ShapeRun.fill(place, 100, 300)).isTrue();
        try (Store store = Stores.open(place.pagurusUrl())) {
            assertThat(store.collection(Entry.SCHEMA).query().count()).isEqualTo(100);
        }
    }

    private static List<HandPlan> plans(Engine engine, QueryShape shape) {
        return engine == Engine.SQLITE
                ? SqlitePlans.of(shape, List.of(), List.of())
                : PostgresPlans.of(shape, List.of());
    }
}
