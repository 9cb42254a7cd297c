package dev.pagurus.store.internal.collection;

import dev.pagurus.store.Field;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.Row;
import dev.pagurus.store.RowPage;
import dev.pagurus.store.Selection;
import dev.pagurus.store.WordsField;
import dev.pagurus.store.internal.access.Access;
import dev.pagurus.store.internal.query.Chunks;
import dev.pagurus.store.internal.query.QueryPlan;
import dev.pagurus.store.internal.value.FieldCodec;
import dev.pagurus.store.internal.value.ValueRow;
import dev.pagurus.store.spi.RowChunk;
import dev.pagurus.store.spi.Scan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A query that reads some fields. */
final class TypedSelection<T> implements Selection {

    private final QueryPlan<T> plan;
    private final Access access;
    private final List<String> names;
    private final List<FieldCodec> columns;

    private TypedSelection(QueryPlan<T> plan, Access access, Map<String, FieldCodec> columns) {
        this.plan = plan;
        this.access = access;
        this.names = List.copyOf(columns.keySet());
        this.columns = List.copyOf(columns.values());
    }

    static <T> TypedSelection<T> of(QueryPlan<T> plan, Access access, Field<?, ?>... fields) {
        Map<String, FieldCodec> columns = new LinkedHashMap<>();
        for (Field<?, ?> field : Objects.requireNonNull(fields, "fields")) {
            String name = Objects.requireNonNull(field, "field").name();
            if (field instanceof WordsField) {
                throw new InvalidValueException(
                        "select(...) is given the field '" + name
                                + "', which is for finding only: it has words and no text. Declare a TextField for what is shown.");
            }
            if (columns.put(name, plan.mapping().codecOf(field)) != null) {
                throw new InvalidValueException("select(...) is given the field '" + name + "' twice.");
            }
        }
        if (columns.isEmpty()) {
            throw new InvalidValueException(
                    "select(...) is given no field; name at least one, or use count() or exists().");
        }
        return new TypedSelection<>(plan, access, columns);
    }

    @Override
    public Optional<Row> first() {
        List<Row> rows = read(plan.scan(plan.start(), 1)).items();
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(0));
    }

    @Override
    public List<Row> list() {
        long wanted = plan.limit() > 0 ? plan.limit() : Long.MAX_VALUE;
        Chunks.Part<Row> first = read(plan.scan(plan.start(), wanted));
        if (first.next() == null || first.items().size() >= wanted) {
            return Collections.unmodifiableList(first.items());
        }
        // More than one chunk: read again, all of it from one state.
        return Collections.unmodifiableList(access.readOneState(reads -> {
            List<Row> rows = new ArrayList<>();
            @Nullable List<@Nullable Object> position = plan.start();
            do {
                Chunks.Part<Row> part = part(reads.select(plan.scan(position, wanted - rows.size()), names));
                rows.addAll(part.items());
                position = part.next();
            } while (position != null && rows.size() < wanted);
            return rows;
        }));
    }

    @Override
    public RowPage page() {
        long left = plan.limit() > 0 ? plan.limit() : ReadQuery.DEFAULT_PAGE;
        List<Row> rows = new ArrayList<>();
        @Nullable List<@Nullable Object> next = plan.start();
        do {
            Chunks.Part<Row> part = read(plan.scan(next, left));
            left -= part.items().size();
            rows.addAll(part.items());
            next = part.next();
        } while (next != null && left > 0);
        return new RowPage(rows, next == null ? null : plan.cursors().write(next));
    }

    @Override
    public Stream<Row> stream() {
        return stream(this::read);
    }

    Stream<Row> stream(Function<Scan, Chunks.Part<Row>> reader) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(
                        new Chunks<>(plan, reader), Spliterator.ORDERED | Spliterator.NONNULL),
                false);
    }

    Chunks.Part<Row> read(Scan scan) {
        return part(access.read(reads -> reads.select(scan, names)));
    }

    private Chunks.Part<Row> part(RowChunk chunk) {
        List<Row> rows = new ArrayList<>(chunk.rows().size());
        for (List<@Nullable Object> values : chunk.rows()) {
            rows.add(new ValueRow(columns, values));
        }
        return new Chunks.Part<>(rows, chunk.next());
    }
}
