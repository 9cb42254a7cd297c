package dev.pagurus.store.internal.collection;

import dev.pagurus.store.Aggregate;
import dev.pagurus.store.Document;
import dev.pagurus.store.Explanation;
import dev.pagurus.store.Field;
import dev.pagurus.store.Filter;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.Order;
import dev.pagurus.store.Page;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.Row;
import dev.pagurus.store.UndecodableDocumentException;
import dev.pagurus.store.internal.access.Access;
import dev.pagurus.store.internal.query.Chunks;
import dev.pagurus.store.internal.query.Explaining;
import dev.pagurus.store.internal.query.GroupPlan;
import dev.pagurus.store.internal.query.QueryPlan;
import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Group;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.StoredDocument;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A query that reads. */
class TypedReadQuery<T> implements ReadQuery<T> {

    final QueryPlan<T> plan;
    final Access access;

    TypedReadQuery(QueryPlan<T> plan, Access access) {
        this.plan = plan;
        this.access = access;
    }

    @Override
    public TypedReadQuery<T> where(Filter<? super T> filter) {
        return new TypedReadQuery<>(plan.where(filter), access);
    }

    @Override
    public TypedReadQuery<T> orderBy(Order<? super T> order) {
        return new TypedReadQuery<>(plan.orderBy(order), access);
    }

    @Override
    public TypedReadQuery<T> thenBy(Order<? super T> order) {
        return new TypedReadQuery<>(plan.thenBy(order), access);
    }

    @Override
    public TypedReadQuery<T> limit(int documents) {
        return new TypedReadQuery<>(plan.limit(documents), access);
    }

    @Override
    public TypedReadQuery<T> startAfter(@Nullable String cursor) {
        return new TypedReadQuery<>(plan.startAfter(cursor), access);
    }

    @Override
    public TypedReadQuery<T> undecodable(Consumer<? super UndecodableDocumentException> reader) {
        return new TypedReadQuery<>(plan.undecodable(reader), access);
    }

    @Override
    public Optional<Document<T>> first() {
        Chunk chunk = chunk(plan.start(), 1);
        while (true) {
            for (StoredDocument stored : chunk.documents()) {
                Document<T> document = plan.decode(stored);
                if (document != null) {
                    return Optional.of(document);
                }
            }
            if (chunk.next() == null) {
                return Optional.empty();
            }
            // There may be many that cannot be decoded.
            chunk = chunk(chunk.next(), Scan.CHUNK_DOCUMENTS);
        }
    }

    @Override
    public List<Document<T>> list() {
        long wanted = plan.limit() > 0 ? plan.limit() : Long.MAX_VALUE;
        Chunk first = chunk(plan.start(), wanted);
        if (first.next() == null || first.documents().size() >= wanted) {
            return Collections.unmodifiableList(decode(first.documents()));
        }
        // More than one chunk: read again, all of it from one state.
        return Collections.unmodifiableList(decode(access.readOneState(reads -> {
            List<StoredDocument> documents = new ArrayList<>();
            @Nullable List<@Nullable Object> position = plan.start();
            do {
                Chunk chunk = reads.scan(plan.scan(position, wanted - documents.size()));
                documents.addAll(chunk.documents());
                position = chunk.next();
            } while (position != null && documents.size() < wanted);
            return documents;
        })));
    }

    @Override
    public Page<T> page() {
        long left = plan.limit() > 0 ? plan.limit() : DEFAULT_PAGE;
        List<Document<T>> documents = new ArrayList<>();
        @Nullable List<@Nullable Object> next = plan.start();
        do {
            Chunk chunk = chunk(next, left);
            left -= chunk.documents().size();
            documents.addAll(decode(chunk.documents()));
            next = chunk.next();
        } while (next != null && left > 0);
        return new Page<>(documents, next == null ? null : plan.cursors().write(next));
    }

    @Override
    public Stream<Document<T>> stream() {
        return stream(this::read);
    }

    Stream<Document<T>> stream(Function<Scan, Chunk> reader) {
        Chunks<StoredDocument> chunks = new Chunks<>(plan, scan -> Chunks.Part.of(reader.apply(scan)));
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(chunks, Spliterator.ORDERED | Spliterator.NONNULL), false)
                .mapMulti((stored, documents) -> decode(stored, documents));
    }

    @Override
    public TypedSelection<T> select(Field<?, ?>... fields) {
        return TypedSelection.of(plan, access, fields);
    }

    @Override
    public long count() {
        Condition condition = plan.whole("count()");
        return access.read(reads -> reads.count(definition(), condition));
    }

    @Override
    public boolean exists() {
        return !chunk(plan.start(), 1).documents().isEmpty();
    }

    @Override
    public <V> Map<@Nullable V, Long> countBy(Field<? super T, V> field) {
        Objects.requireNonNull(field, "field");
        TypedGroups<T> groups = groups("countBy(...)", List.of(field));
        Map<@Nullable V, Long> counts = new LinkedHashMap<>();
        for (Group group : groups.read(groups.plan().grouping(List.of(Aggregate.count())))) {
            counts.put(key(field, group), (Long)
                    Objects.requireNonNull(group.values().get(0)));
        }
        return Collections.unmodifiableMap(counts);
    }

    @Override
    public Row aggregate(Aggregate<?>... aggregates) {
        if (Objects.requireNonNull(aggregates, "aggregates").length == 0) {
            throw new InvalidValueException(
                    "aggregate() names nothing to make of the documents, as Aggregate.count() is.");
        }
        return groups("aggregate(...)", List.of()).aggregate(aggregates).get(0);
    }

    @Override
    public TypedGroups<T> groupBy(Field<? super T, ?> field) {
        return groups("groupBy(...)", List.of(Objects.requireNonNull(field, "field")));
    }

    @Override
    public TypedGroups<T> groupBy(Field<? super T, ?> field, Field<? super T, ?> other) {
        Objects.requireNonNull(field, "field");
        return groups("groupBy(...)", List.of(field, Objects.requireNonNull(other, "other")));
    }

    @Override
    public <V> List<V> distinct(Field<? super T, V> field) {
        Objects.requireNonNull(field, "field");
        TypedGroups<T> groups = groups("distinct(...)", List.of(field));
        List<V> values = new ArrayList<>();
        for (Group group : groups.read(groups.plan().grouping(List.of()))) {
            @Nullable V value = key(field, group);
            if (value != null) {
                values.add(value);
            }
        }
        return Collections.unmodifiableList(values);
    }

    private TypedGroups<T> groups(String what, List<Field<? super T, ?>> by) {
        return new TypedGroups<>(GroupPlan.of(plan, what, by), access);
    }

    private <V> @Nullable V key(Field<? super T, V> field, Group group) {
        @SuppressWarnings("unchecked") // the field's own codec made it
        V key = (V) plan.mapping().codecOf(field).decode(group.key().get(0));
        return key;
    }

    @Override
    public Explanation explain() {
        Scan scan = plan.scan(plan.start(), plan.limit() > 0 ? plan.limit() : Scan.CHUNK_DOCUMENTS);
        return Explaining.of(plan, access.read(reads -> reads.explain(scan)));
    }

    CollectionDefinition definition() {
        return plan.mapping().definition();
    }

    private Chunk chunk(@Nullable List<@Nullable Object> position, long wanted) {
        return read(plan.scan(position, wanted));
    }

    final Chunk read(Scan scan) {
        return access.read(reads -> reads.scan(scan));
    }

    private List<Document<T>> decode(List<StoredDocument> stored) {
        List<Document<T>> documents = new ArrayList<>(stored.size());
        for (StoredDocument one : stored) {
            Document<T> document = plan.decode(one);
            if (document != null) {
                documents.add(document);
            }
        }
        return documents;
    }

    private void decode(StoredDocument stored, Consumer<Document<T>> documents) {
        Document<T> document = plan.decode(stored);
        if (document != null) {
            documents.accept(document);
        }
    }
}
