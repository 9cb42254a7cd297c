package dev.pagurus.store;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a collection holds: its name, how values are written and read, its fields, its indexes, and the revision of all
 * that. Immutable; every declaring method returns a new schema. Keep it as a constant.
 *
 * <pre>{@code
 * static final Schema<Note> SCHEMA = Schema.of("notes", Note.class)
 *         .uniqueIndex(TITLE)
 *         .index(STATUS, DUE)
 *         .index(TAGS)
 *         .field(AUTHOR);
 * }</pre>
 *
 * <p>The stored definition follows the code: whoever changes the {@linkplain Codec#shape shape} of the values,
 * fields, indexes or an extractor raises the {@link #revision(int) revision}, and says with {@link #upgrade upgrade} what becomes of the bodies that are there:
 *
 * <pre>{@code
 * .revision(2)
 * .upgrade(1, JsonUpgrade.start().rename("title", "headline").drop("colour"))
 * }</pre>
 *
 * <p>{@link Store#collection} then brings every document up and fills its fields anew, in one atomic step; id, version and
 * creation time stay. Each body must be readable by the codec afterwards, and nothing in it vanishes unless the code names it: a
 * property that the type does not know, or a value that its new kind does not keep, refuses the whole step, with its path, the
 * number of documents and two ids. So does a document that cannot be brought up, unless such ones are {@linkplain #setAside(String) set aside}. A refused step has changed
 * nothing.
 *
 * @param <T> the type of the documents' values
 */
public final class Schema<T> {

    /**
     * The most fields that a schema declares: all of them filled, with whatever, must fit into a row of the narrowest engine
     * that was met so far, 8 KB in which a text of up to 40 bytes stays where it is (MariaDB).
     */
    public static final int MAX_FIELDS = 150;

    /** The most indexes that a schema declares: no engine that was met so far has room for fewer on a table (MariaDB: 64). */
    public static final int MAX_INDEXES = 60;

    /** The most fields of one index; with the id behind them, these are the 16 columns that every engine takes (MySQL). */
    public static final int MAX_INDEX_FIELDS = 15;

    /** The most UTF-8 bytes of an id. */
    public static final int MAX_ID_BYTES = 255;

    /** What the limits of an index's fields may add up to, in bytes: a b-tree entry of PostgreSQL holds no more. */
    public static final int MAX_INDEX_BYTES = 2300;

    /** The most UTF-8 bytes of what a codec says of its {@link Codec#shape}. */
    public static final int MAX_SHAPE_BYTES = 65_536;

    private static final Duration LEAST_RETENTION = Duration.ofSeconds(1);
    private static final Duration MOST_RETENTION = Duration.ofDays(36_500);

    private final String name;
    private final CodecSource<T> codec;
    private final Declared<T> declared;
    private final Revision revision;

    /** A revision, how bodies come up to it, where those go that do not, and how long changes are kept. */
    private record Revision(int number, Upgrades upgrades, Optional<String> aside, Optional<Duration> changes) {
        static final Revision FIRST = new Revision(1, Upgrades.NONE, Optional.empty(), Optional.empty());
    }

    private Schema(String name, CodecSource<T> codec, Declared<T> declared, Revision revision) {
        this.name = name;
        this.codec = codec;
        this.declared = declared;
        this.revision = revision;
    }

    /**
     * Starts a schema whose values are stored as JSON, by the rules of {@link Codec#json(Class)}: what could not be read back
     * is refused when the collection is opened.
     *
     * @param name {@code [a-z][a-z0-9_]{0,39}}; the name of the table too
     * @throws SchemaException if the name is not allowed
     */
    public static <T> Schema<T> of(String name, Class<T> type) {
        Objects.requireNonNull(type, "type");
        // Made at first use: a missing Jackson shall not break the static initialiser that holds the schema.
        return new Schema<>(
                Names.checkCollection(name),
                new CodecSource<>(() -> Codec.json(type)),
                new Declared<>(name, List.of(), List.of(), null),
                Revision.FIRST);
    }

    /**
     * Starts a schema whose values are stored as the codec writes them.
     *
     * @param name {@code [a-z][a-z0-9_]{0,39}}; the name of the table too
     * @throws SchemaException if the name is not allowed
     */
    public static <T> Schema<T> of(String name, Codec<T> codec) {
        Objects.requireNonNull(codec, "codec");
        return new Schema<>(
                Names.checkCollection(name),
                new CodecSource<>(() -> codec),
                new Declared<>(name, List.of(), List.of(), null),
                Revision.FIRST);
    }

    /**
     * Declares a field that is only filtered on, without an index.
     *
     * @throws SchemaException if there is another field of this name, or {@link #MAX_FIELDS} are declared already
     */
    public Schema<T> field(Field<? super T, ?> field) {
        Objects.requireNonNull(field, "field");
        return new Schema<>(name, codec, declared.withField(field), revision);
    }

    /**
     * Declares an index over these fields, in this order, each ascending or as {@link ScalarField#desc()} says, and
     * declares the fields. The id ends every index, in the direction of the last term, so that a query ordered by the
     * index pages through it directly. A {@link ManyField} or {@link WordsField} stands alone.
     *
     * @throws SchemaException if the index is there already, a field is given twice, its fields are too long together
     *     ({@link #MAX_INDEX_BYTES}) or too many ({@link #MAX_INDEX_FIELDS}), or {@link #MAX_INDEXES} are declared already
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only copied
    public final Schema<T> index(IndexTerm<? super T>... terms) {
        return new Schema<>(name, codec, declared.withIndex(false, copyOf(terms)), revision);
    }

    /**
     * Declares an index whose values no two documents may share, and declares the fields. Documents where one of the
     * fields is null never collide.
     *
     * @throws SchemaException as with {@link #index}, or if a field is a {@link ManyField} or {@link WordsField}
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only copied
    public final Schema<T> uniqueIndex(IndexTerm<? super T>... terms) {
        return new Schema<>(name, codec, declared.withIndex(true, copyOf(terms)), revision);
    }

    /**
     * Sets the revision, 1 if never set. Raise it whenever fields, indexes, an extractor or the {@linkplain Codec#shape
     * shape} of the values change; from then on older versions of the application can no longer write or search, and only
     * get documents by id.
     *
     * @throws SchemaException if less than 1
     */
    public Schema<T> revision(int number) {
        if (number < 1) {
            throw new SchemaException("The revision of schema '" + name + "' must be 1 or more, not " + number + ".");
        }
        return new Schema<>(
                name, codec, declared, new Revision(number, revision.upgrades, revision.aside, revision.changes));
    }

    /**
     * Declares what becomes of the bodies of one revision in the next: {@code revision(3).upgrade(1, ...).upgrade(2, ...)}. One
     * for each, in ascending order, from the oldest revision that any database may still have up to this one;
     * {@link Upgrade#NONE} where bodies stay as they are. Keep them: a document that is copied or imported from an old database
     * goes through them, too.
     *
     * @throws SchemaException if another one comes next
     */
    public Schema<T> upgrade(int from, Upgrade upgrade) {
        Upgrades more = revision.upgrades.with(name, from, upgrade);
        return new Schema<>(
                name, codec, declared, new Revision(revision.number, more, revision.aside, revision.changes));
    }

    /**
     * Says where documents go that cannot be brought to this revision, because an upgrade, the codec or an extractor fails on
     * them: into a collection of texts, with id, version, creation time and body as they were, in the one atomic step in which
     * the others go on; one that is refused has set nothing aside. Each is named in the log, as a warning. Without this, they refuse the upgrade. A property that would vanish always refuses it.
     * A function that fails on every document has every document set aside, so try it on a copy first.
     *
     * <p>Where the id is there already, from an upgrade before, a number goes behind it: {@code a~2}. To read them, ask for
     * {@code Schema.of(collection, Codec.of(text -> text, text -> text))}.
     *
     * @param collection {@code [a-z][a-z0-9_]{0,39}}; made when it is needed
     * @throws SchemaException if the name is not allowed, or is this collection's own
     */
    public Schema<T> setAside(String collection) {
        if (Names.checkCollection(collection).equals(name)) {
            throw new SchemaException(
                    "Schema '" + name + "' would set documents aside in itself. Name another collection.");
        }
        Revision changed = new Revision(revision.number, revision.upgrades, Optional.of(collection), revision.changes);
        return new Schema<>(name, codec, declared, changed);
    }

    /**
     * Keeps the changes of the documents, deletions among them, for who asks {@link Store#changes} for them. Part of the
     * definition: whoever adds it, takes it away or changes the retention raises the {@linkplain #revision(int) revision}. What
     * is kept begins then, and costs each write a row with the id and some numbers. Without it, nothing is kept and nothing
     * costs anything.
     *
     * <p>Changes are known for as long as this by the store's clock, and forgotten in small steps with later writes: when they
     * are between one and two times as old, where there are writes.
     *
     * @param retention one second to 36,500 days, in microseconds; as long as a reader may be away
     * @throws SchemaException if it is shorter or longer
     */
    public Schema<T> changes(Duration retention) {
        Duration kept = Objects.requireNonNull(retention, "retention").truncatedTo(ChronoUnit.MICROS);
        if (kept.compareTo(LEAST_RETENTION) < 0 || kept.compareTo(MOST_RETENTION) > 0) {
            throw new SchemaException("Schema '" + name + "' keeps changes for " + retention + "; it must be between "
                    + LEAST_RETENTION + " and " + MOST_RETENTION + ".");
        }
        Revision changed = new Revision(revision.number, revision.upgrades, revision.aside, Optional.of(kept));
        return new Schema<>(name, codec, declared, changed);
    }

    /**
     * Has each document expire at the time that this field has; null is never. From then on, by the {@linkplain Store#now()
     * store's clock}, it is not there: no read, count or claim finds it, its id and what it holds of unique values are free, and
     * what is written under its id is a new document. Declares the field, and an index over it unless one begins with it. Part of
     * the definition: whoever adds it or takes it away raises the {@linkplain #revision(int) revision}.
     *
     * <p>A transaction or snapshot judges by one time, that of its beginning. Who writes another time before the old one has come
     * keeps the document for longer, or for less; afterwards it is gone, and nothing brings it back.
     *
     * <p>What has expired takes room until it is removed: with later writes to the collection, in steps of up to 100 documents,
     * those first that expired first, or by {@link Store#removeExpired}. The removal is a deletion among the
     * {@linkplain #changes changes}; nobody is told of the time itself, though a page of changes shows no document that has
     * expired. A revision removes what has expired by the one before it. Copies and exports have what has not expired when they
     * begin.
     *
     * @throws SchemaException if the field is one that the store sets itself, if another one is declared so already, or as
     *     {@link #index} says
     */
    public Schema<T> expiresAt(InstantField<? super T> field) {
        Objects.requireNonNull(field, "field");
        return new Schema<>(name, codec, declared.withExpiry(field), revision);
    }

    /** Returns the document's id, to filter and order by. */
    public TextField<T> id() {
        return new TextField<>("id", MAX_ID_BYTES);
    }

    /** Returns the document's creation time, to filter and order by. */
    public InstantField<T> createdAt() {
        return new InstantField<>("created_at");
    }

    /** Returns when the document was last written, to filter and order by. */
    public InstantField<T> updatedAt() {
        return new InstantField<>("version");
    }

    /** Returns the collection's name. */
    public String name() {
        return name;
    }

    /**
     * Returns the codec, the same for all schemas that are made from one another.
     *
     * @throws ConfigurationException if it is the default one and Jackson is not there
     */
    public Codec<T> codec() {
        return codec.get();
    }

    /** Returns the declared fields, in the order of their first mention. */
    public List<Field<? super T, ?>> fields() {
        return declared.fields();
    }

    /** Returns the indexes, in the order of declaration. */
    public List<Index<T>> indexes() {
        return declared.indexes();
    }

    /** Returns the revision. */
    public int revision() {
        return revision.number;
    }

    /** Returns what brings bodies of older revisions up to this one. */
    public Upgrades upgrades() {
        return revision.upgrades;
    }

    /** Returns how long changes are kept; empty if they are not. */
    public Optional<Duration> changes() {
        return revision.changes;
    }

    /** Returns the field by which documents expire; empty if they stay. */
    public Optional<InstantField<? super T>> expiresAt() {
        return Optional.ofNullable(declared.expiry());
    }

    /** Returns the collection of the documents that are set aside; empty if none are. */
    public Optional<String> setAside() {
        return revision.aside;
    }

    @Override
    public String toString() {
        return "Schema[" + name + ", revision " + revision.number + ", fields " + declared.fields() + ", indexes "
                + declared.indexes() + "]";
    }

    private static <E> List<E> copyOf(E[] terms) {
        for (E term : terms) {
            Objects.requireNonNull(term, "term");
        }
        return List.of(terms);
    }

    /** Makes the codec when it is needed, and once: to make one of Jackson's looks through the whole type. */
    private static final class CodecSource<T> {

        private final Supplier<Codec<T>> maker;
        private final AtomicReference<@Nullable Codec<T>> made = new AtomicReference<>();

        CodecSource(Supplier<Codec<T>> maker) {
            this.maker = maker;
        }

        Codec<T> get() {
            Codec<T> codec = made.get();
            if (codec == null) {
                made.compareAndSet(null, maker.get());
                codec = Objects.requireNonNull(made.get());
            }
            return codec;
        }
    }
}
