package dev.pagurus.store.tck.walk;

import dev.pagurus.store.Aggregate;
import dev.pagurus.store.BulkResult;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Field;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Order;
import dev.pagurus.store.Page;
import dev.pagurus.store.Query;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.RowPage;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Selection;
import dev.pagurus.store.UniqueViolationException;
import dev.pagurus.store.tck.samples.Item;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What can be done with a collection: every method of the API that answers something. A test of the kit fails when there is
 * one that no verb calls.
 */
@SuppressWarnings("ImmutableEnumChecker") // what is done has no state
enum Verb {
    // Reads, which snapshots make too
    GET("get({id})", reads((items, parts, memory) -> kept(items.get(parts.id()), memory))),
    GET_ALL("getAll({ids})", reads((items, parts, memory) -> items.getAll(parts.ids()))),
    EXISTS("exists({id})", reads((items, parts, memory) -> items.exists(parts.id()))),
    LIST(
            "{query}.list(), or its rows with {field}",
            reads((items, parts, memory) -> parts.isEven()
                    ? query(items, parts).list()
                    : rows(items, parts).list())),
    STREAM(
            "{query}.stream(), or of its rows with {field}",
            reads((items, parts, memory) -> parts.isEven()
                    ? query(items, parts)
                            .undecodable(damaged -> {
                                throw damaged;
                            })
                            .stream()
                            .toList()
                    : rows(items, parts).stream().toList())),
    FIRST(
            "{query}.first(), and its row with {field}",
            reads((items, parts, memory) -> List.of(
                    kept(query(items, parts).first(), memory),
                    rows(items, parts).first()))),
    ANY("{query}.exists()", reads((items, parts, memory) -> query(items, parts).exists())),
    COUNT("where({filter}).count(), and what else is made of all", reads((items, parts, memory) -> {
        ReadQuery<Item> query = items.where(parts.filter());
        return List.of(
                query.count(),
                parts.isEven()
                        ? declared(() -> query.aggregate(Item.NUMBER.average(), Item.TIME.min(), Item.TIME.max()))
                        : declared(() -> query.aggregate(Aggregate.count(), Item.REAL.sum(), Item.TEXT.max())));
    })),
    COUNT_BY("where({filter}).countBy({field}), and its groups", reads(Verb::groups)),
    PAGE(
            "{query}.page(), and keep its cursor",
            reads((items, parts, memory) -> page(query(items, parts), parts.orders(), memory))),
    PAGES("{query}, page by page, of documents and of rows with {field} by turns", reads(Verb::pages)),
    NEXT_PAGE("where({filter}), in the order of a kept cursor, the page behind it", reads(Verb::nextPage)),
    FOREIGN_PAGE("{query}, the page behind a kept cursor of any order", reads((items, parts, memory) -> {
        Memory.@Nullable Kept kept = memory.cursor(parts.choice());
        return kept == null
                ? "no cursor"
                : query(items, parts).startAfter(kept.cursor()).page().items();
    })),

    // Writes
    INSERT("insert({id}, {item})", writes((items, parts, memory) -> items.insert(parts.id(), parts.item()))),
    INSERT_NEW(
            "insert({item}), get it and delete it", writes((items, parts, memory) -> insertedNew(items, parts.item()))),
    PUT("put({id}, {item})", writes((items, parts, memory) -> items.put(parts.id(), parts.item()))),
    REPLACE(
            "replace({id} as read, {item})",
            writes((items, parts, memory) ->
                    items.get(parts.id()).map(found -> items.replace(found.withValue(parts.item()))))),
    REPLACE_KEPT("replace({id} as once read, {item} without its code)", writes((items, parts, memory) -> {
        Document<Item> kept = memory.take(parts.id());
        return kept == null ? "none was kept" : items.replace(kept.withValue(withoutCode(parts)));
    })),
    REPLACE_VERSION(
            "replace({id}, {version}, {item} without its code)",
            writes((items, parts, memory) -> items.replace(parts.id(), version(parts, memory), withoutCode(parts)))),
    UPDATE(
            "update({id}, to {change})",
            writes((items, parts, memory) -> items.update(parts.id(), found -> changed(found, parts)))),
    COMPUTE(
            "compute({id}, {wanted})",
            writes((items, parts, memory) -> items.compute(
                    parts.id(),
                    found -> parts.isEven() ? Optional.of(parts.item()) : found.map(old -> changed(old, parts))))),
    COMPUTE_NONE(
            "compute({id}, empty)",
            writes((items, parts, memory) -> items.compute(parts.id(), found -> Optional.empty()))),
    DELETE("delete({id})", writes((items, parts, memory) -> items.delete(parts.id()))),
    DELETE_READ(
            "delete({id} as read)",
            writes((items, parts, memory) -> items.get(parts.id()).map(items::delete))),
    DELETE_KEPT("delete({id} as once read)", writes((items, parts, memory) -> {
        Document<Item> kept = memory.take(parts.id());
        return kept == null ? "none was kept" : items.delete(kept);
    })),
    DELETE_VERSION(
            "delete({id}, {version})",
            writes((items, parts, memory) -> items.delete(parts.id(), version(parts, memory)))),
    INSERT_ALL("insertAll({documents}, {conflict})", writes((items, parts, memory) -> bulk(items, parts, true))),
    PUT_ALL("putAll({documents}, {conflict})", writes((items, parts, memory) -> bulk(items, parts, false))),
    UPDATE_ALL(
            "where({filter}).updateAll(to {change})",
            writes((items, parts, memory) -> items.where(parts.filter()).updateAll(found -> changed(found, parts)))),
    CLAIM(
            "{query}.claim(to {change})",
            writes((items, parts, memory) ->
                    claimable(items, parts).limit(Math.max(1, parts.limit())).claim(found -> changed(found, parts)))),
    CLAIM_FIRST(
            "{query}.claimFirst(to {change})",
            writes((items, parts, memory) -> claimable(items, parts).claimFirst(found -> changed(found, parts)))),
    DELETE_ALL(
            "where({filter}).deleteAll()",
            writes((items, parts, memory) -> items.where(parts.filter()).deleteAll()));

    private final String text;
    private final @Nullable Read read;
    private final Write write;

    Verb(String text, Read read) {
        this.text = text;
        this.read = read;
        this.write = read::answer;
    }

    Verb(String text, Write write) {
        this.text = text;
        this.read = null;
        this.write = write;
    }

    /** Something that a snapshot can do. */
    interface Read {
        @Nullable
        Object answer(ReadableCollection<Item> items, Parts parts, Memory memory);
    }

    /** Something that only a store or a transaction can do. */
    interface Write {
        @Nullable
        Object answer(DocumentCollection<Item> items, Parts parts, Memory memory);
    }

    private static Read reads(Read read) {
        return read;
    }

    private static Write writes(Write write) {
        return write;
    }

    boolean isRead() {
        return read != null;
    }

    boolean takesDocuments() {
        return text.contains("{id")
                || text.contains("{documents}")
                || text.contains("{item}")
                || text.contains("{change}");
    }

    boolean takesAQuery() {
        return text.contains("{query}") || text.contains("{filter}");
    }

    /** Answers from a collection that can only be read. */
    @Nullable
    Object read(ReadableCollection<Item> items, Parts parts, Memory memory) {
        return Objects.requireNonNull(read, name()).answer(items, parts, memory);
    }

    @Nullable
    Object answer(DocumentCollection<Item> items, Parts parts, Memory memory) {
        return write.answer(items, parts, memory);
    }

    String text(Parts parts) {
        String query = "where({filter})"
                + (parts.orders().isEmpty() ? "" : " by " + parts.orders())
                + (parts.limit() == 0 ? "" : " limit " + parts.limit());
        String version = switch (parts.choice() % 3) {
            case 0 -> "version 1";
            case 1 -> "the greatest version";
            default -> "a kept version";
        };
        // A count is given no document.
        boolean given = !parts.documents().isEmpty();
        // What is shown of values comes last: it may hold anything.
        return text.replace("{query}", query)
                .replace("{version}", version)
                .replace("{conflict}", conflict(parts).name())
                .replace("{field}", parts.field().name())
                .replace("{wanted}", parts.isEven() ? "{item}" : "{change}, if it is there")
                .replace("{change}", CHANGES.get(parts.choice() % CHANGES.size()) + " of {item}")
                .replace("{documents}", Shown.of(parts.documents()))
                .replace("{ids}", Shown.of(parts.ids()))
                .replace("{filter}", parts.filter().equals(Parts.EVERYTHING) ? "" : Shown.cut(parts.filter() + ""))
                .replace("{id}", given ? Shown.of(parts.id()) : "")
                .replace("{item}", given ? Shown.of(parts.item()) : "");
    }

    private static final List<String> CHANGES = List.of("number", "text", "tags", "payload", "all but the code");

    /** Never the code: what becomes of the others, when one of many violates a unique index, no store promises. */
    private static Item changed(Item found, Parts parts) {
        Item item = parts.item();
        return switch (parts.choice() % CHANGES.size()) {
            case 0 -> found.withNumber(item.number());
            case 1 -> found.withText(item.text());
            case 2 -> found.withTags(item.tags());
            case 3 -> found.withPayload(item.payload());
            default -> item.withCode(found.code());
        };
    }

    /** Which of the two a write meets, when version and code both stand against it, no store promises. */
    private static Item withoutCode(Parts parts) {
        return parts.item().withCode(null);
    }

    private static long version(Parts parts, Memory memory) {
        Document<Item> kept = parts.choice() % 3 == 2 ? memory.take(parts.id()) : null;
        return kept != null ? kept.version() : parts.choice() % 3 == 1 ? Long.MAX_VALUE : 1;
    }

    private static OnConflict conflict(Parts parts) {
        return parts.isEven() ? OnConflict.SKIP : OnConflict.FAIL;
    }

    private static BulkResult bulk(DocumentCollection<Item> items, Parts parts, boolean insert) {
        // Values do not know their ids; each is made another object, which does.
        IdentityHashMap<Item, String> ids = new IdentityHashMap<>();
        List<Item> values = new ArrayList<>();
        for (Parts.Given given : parts.documents()) {
            Item value = given.item().withCode(given.item().code());
            ids.put(value, given.id());
            values.add(value);
        }
        return insert
                ? items.insertAll(values.stream(), ids::get, conflict(parts))
                : items.putAll(values.stream(), ids::get, conflict(parts));
    }

    /** Nothing of the answer depends on the id, which is another one each time. */
    private static Object insertedNew(DocumentCollection<Item> items, Item item) {
        Document<Item> inserted;
        try {
            inserted = items.insert(item);
        } catch (UniqueViolationException e) {
            return "refused by " + e.index();
        }
        Item found = items.get(inserted.id()).map(Document::value).orElse(Item.of("was not found"));
        return List.of(inserted.value(), found, items.delete(inserted.id()));
    }

    private static ReadQuery<Item> query(ReadableCollection<Item> items, Parts parts) {
        ReadQuery<Item> query =
                parts.isEven() ? items.where(parts.filter()) : items.query().where(parts.filter());
        query = ordered(query, parts.orders());
        return parts.limit() == 0 ? query : query.limit(parts.limit());
    }

    private static Query<Item> claimable(DocumentCollection<Item> items, Parts parts) {
        return (Query<Item>) ordered(items.where(parts.filter()), parts.orders());
    }

    private static ReadQuery<Item> ordered(ReadQuery<Item> query, List<Order<Item>> orders) {
        ReadQuery<Item> ordered = query;
        for (int i = 0; i < orders.size(); i++) {
            ordered = i == 0 ? ordered.orderBy(orders.get(i)) : ordered.thenBy(orders.get(i));
        }
        return ordered;
    }

    private static Object page(ReadQuery<Item> query, List<Order<Item>> orders, Memory memory) {
        Page<Item> page = query.page();
        memory.keep(orders, page.nextCursor());
        page.items().stream().findFirst().ifPresent(memory::keep);
        return List.of(page.items(), page.hasNext());
    }

    private static Object nextPage(ReadableCollection<Item> items, Parts parts, Memory memory) {
        Memory.@Nullable Kept kept = memory.cursor(parts.choice());
        if (kept == null) {
            return "no cursor";
        }
        ReadQuery<Item> query = ordered(items.where(parts.filter()), kept.orders())
                .limit(Math.max(1, parts.limit()))
                .startAfter(kept.cursor());
        return page(query, kept.orders(), memory);
    }

    private static Object groups(ReadableCollection<Item> items, Parts parts, Memory memory) {
        ReadQuery<Item> query = items.where(parts.filter());
        Field<Item, ?> field = parts.field();
        Field<Item, ?> other = field == Item.COLOR ? Item.TAGS : Item.COLOR;
        Object groups = parts.isEven()
                ? declared(
                        () -> query.groupBy(field).aggregate(Item.NUMBER.average(), Item.REAL.sum(), Item.TEXT.min()))
                : declared(() -> query.groupBy(field, other)
                        .orderBy(
                                parts.limit() % 2 == 0
                                        ? Aggregate.count().desc()
                                        : Item.NUMBER.sum().asc())
                        .limit(Math.max(1, parts.limit()))
                        .aggregate(Aggregate.count(), Item.TIME.average()));
        return List.of(query.countBy(field), query.distinct(field), groups);
    }

    /** Asks what a schema may not declare. */
    private static Object declared(Supplier<Object> question) {
        try {
            return question.get();
        } catch (SchemaException e) {
            return "not declared";
        }
    }

    private static Object pages(ReadableCollection<Item> items, Parts parts, Memory memory) {
        List<List<?>> pages = new ArrayList<>();
        ReadQuery<Item> query = query(items, parts);
        @Nullable String cursor = null;
        do {
            if (pages.size() % 2 == 0) {
                Page<Item> page = query.startAfter(cursor).page();
                pages.add(page.items());
                cursor = page.nextCursor();
            } else {
                RowPage page = rows(query.startAfter(cursor), parts).page();
                pages.add(page.rows());
                cursor = page.nextCursor();
            }
        } while (cursor != null);
        return pages;
    }

    private static Selection rows(ReadableCollection<Item> items, Parts parts) {
        return rows(query(items, parts), parts);
    }

    /** Whichever field it is; it may be in an index of the query or not. */
    private static Selection rows(ReadQuery<Item> query, Parts parts) {
        if (parts.isEven()) {
            return query.select(Item.SCHEMA.id(), parts.field(), Item.SCHEMA.createdAt());
        }
        return parts.field().equals(Item.TAGS) ? query.select(Item.TAGS) : query.select(parts.field(), Item.TAGS);
    }

    private static Optional<Document<Item>> kept(Optional<Document<Item>> found, Memory memory) {
        found.ifPresent(memory::keep);
        return found;
    }
}
