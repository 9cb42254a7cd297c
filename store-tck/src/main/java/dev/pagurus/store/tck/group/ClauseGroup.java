package dev.pagurus.store.tck.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.IndexTerm;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.serial.Cell;
import dev.pagurus.store.tck.watch.Company;
import dev.pagurus.store.tck.watch.Journal;
import dev.pagurus.store.tck.watch.LogLook;
import dev.pagurus.store.tck.watch.Traces;
import dev.pagurus.store.tck.watch.Unproved;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What every group of clauses starts from: a store on a new, empty database, and more handles on it for the asking. Groups
 * run beside each other where JUnit is told to, tests of one group never.
 */
@Execution(ExecutionMode.CONCURRENT)
public abstract class ClauseGroup {

    /** Where databases come from. */
    protected final StoreFixture fixture;

    /** Several threads of a test may open handles; one that got lost here would stay open for all tests after it. */
    private final Deque<Store> opened = new ConcurrentLinkedDeque<>();

    /** How the store was opened. */
    protected StoreConfig config;

    /** The store under test. */
    public Store store;

    /** What the test did last. */
    public final Journal journal = new Journal();

    /** Whether the test itself passed, so that there is reason to look at what it left. */
    public boolean passed = true;

    /** Who runs beside this test. */
    public Company company = new Company();

    private final Traces traces = new Traces();
    private StoreConfig.Builder builder;
    private Consumer<StoreConfig.Builder> change = unchanged -> {};
    private Set<Capability> capabilities = Set.of();
    private boolean mayWarn;
    private Function<StoreConfig, Store> secondHandles;
    private boolean secondHandleOpened;
    private boolean secondHandlesElsewhere;

    protected ClauseGroup(Supplier<StoreFixture> fixture) {
        this.fixture = fixture.get();
        this.secondHandles = this.fixture::open;
    }

    @BeforeEach
    void openNewDatabase(TestInfo test) throws Exception {
        Method method = test.getTestMethod().orElseThrow();
        mayWarn = method.isAnnotationPresent(MayWarn.class);
        start(this::configure);
        requireApplicable(method);
    }

    /** Says how all tests of the group open their store, with a clock for one; a second store in its place costs each its time. */
    protected void configure(StoreConfig.Builder config) {}

    @AfterEach
    void closeAndLookForTraces() throws Exception {
        closeAndDrop();
        if (passed) {
            log().requireNothingWrong();
        }
    }

    /** Whether nothing may run beside a test. */
    public static boolean mustBeAlone(Method test) {
        return test.isAnnotationPresent(Alone.class) || test.isAnnotationPresent(MayWarn.class);
    }

    /** The files of the test's database, as far as it came to have one. */
    public final List<Path> files() {
        return config == null ? List.of() : fixture.files(config);
    }

    private void closeAndDrop() throws Exception {
        try {
            while (!opened.isEmpty()) {
                opened.pop().close();
            }
            // What connects this process with another one is the kit's own, and stays.
            if (passed && config != null && !secondHandlesElsewhere && company.isAlone()) {
                traces.requireNothingLeft(fixture.files(config));
            }
        } finally {
            if (config != null) {
                fixture.dropDatabase(config);
            }
        }
    }

    /** Starts over with another new database, opened with a clock, a time-out or whatever else the test needs. */
    protected final Store startWith(Consumer<StoreConfig.Builder> change) throws Exception {
        closeAndDrop();
        start(change);
        return store;
    }

    /** Has second handles opened in another way. */
    final void openSecondHandlesBy(Function<StoreConfig, Store> other) {
        secondHandles = other;
        secondHandlesElsewhere = true;
    }

    /** Says whether this test would be another one with its second handles in another process. */
    final boolean canUseAnotherProcess() {
        return secondHandleOpened && fixture.severalProcesses();
    }

    /** Says whether second handles are in another process, which not every test needs to do all of its work with. */
    protected final boolean hasSecondHandlesElsewhere() {
        return secondHandlesElsewhere;
    }

    /** Opens another handle on the database, in this process or another one; it is closed after the test. */
    protected final Store second() throws Exception {
        return second(unchanged -> {});
    }

    /** The same with a clock, a time-out or whatever else the test needs. */
    protected final Store second(Consumer<StoreConfig.Builder> change) throws Exception {
        StoreConfig.Builder again = fixture.secondHandle(builder, store);
        change.accept(again);
        secondHandleOpened = true;
        return opened(secondHandles.apply(again.build()));
    }

    /** Says how to open the database once more, as another process would. */
    protected final StoreConfig again() throws Exception {
        return fixture.secondHandle(builder, store).build();
    }

    /** Closes the store and opens it again; see {@link StoreFixture#survivesClose()}. */
    protected final Store reopen() throws Exception {
        if (fixture.survivesClose()) {
            store.close();
            store = open(config);
        } else {
            store = second(change);
        }
        return store;
    }

    /** Looks through what was logged so far. */
    protected final LogLook log() {
        return new LogLook(fixture.log(), config, mayWarn || !company.isOfOneRun());
    }

    /** The collection of the standard items. */
    protected final DocumentCollection<Item> items() {
        return store.collection(itemSchema());
    }

    /** The schema of the standard items; without its unique index on a store that has none. */
    protected final Schema<Item> itemSchema() {
        return itemSchema("items");
    }

    /** The same under another name. */
    protected final Schema<Item> itemSchema(String name) {
        return has(Capability.UNIQUE_INDEXES) ? Item.schema(name) : Item.schemaWithoutUnique(name);
    }

    /** The schema of the cells, likewise. */
    protected final Schema<Cell> cellSchema() {
        return Cell.schema(capabilities);
    }

    /** Adds a unique index; a plain one on a store that has no unique ones. */
    protected final Schema<Item> unique(Schema<Item> schema, IndexTerm<? super Item> term) {
        return has(Capability.UNIQUE_INDEXES) ? schema.uniqueIndex(term) : schema.index(term);
    }

    /** Whether the store declares something, for tests of which only a part needs it. */
    protected final boolean has(Capability capability) {
        return capabilities.contains(capability);
    }

    /** Returns a document that must be there. */
    protected static <T> Document<T> existing(ReadableCollection<T> collection, String id) {
        return collection.get(id).orElseThrow(() -> new AssertionError("Document '" + id + "' was not found."));
    }

    /** Returns what a call throws, which must be of this type. */
    protected static <X extends Throwable> X thrown(Class<X> type, ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        if (thrown == null) {
            throw new AssertionError("The call returned, where a " + type.getSimpleName() + " is wanted.");
        }
        assertThat(thrown).as("what the call threw").isInstanceOf(type);
        return type.cast(thrown);
    }

    private void start(Consumer<StoreConfig.Builder> change) throws Exception {
        builder = fixture.newDatabase();
        traces.remember();
        company.remember();
        this.change = change;
        change.accept(builder);
        config = builder.build();
        store = open(config);
        capabilities = store.capabilities();
    }

    private void requireApplicable(Method method) {
        Set<Capability> missing = EnumSet.noneOf(Capability.class);
        for (AnnotatedElement place : List.of(method, getClass())) {
            Needs needs = place.getAnnotation(Needs.class);
            missing.addAll(needs == null ? List.of() : List.of(needs.value()));
        }
        missing.removeAll(capabilities);
        if (!missing.isEmpty()) {
            throw Unproved.notApplicable("the store does not declare " + missing);
        }
    }

    private Store open(StoreConfig with) {
        return opened(fixture.open(with));
    }

    private Store opened(Store handle) {
        opened.push(handle);
        return journal.watch(handle, opened.size() == 1 ? "store" : "store" + opened.size());
    }
}
