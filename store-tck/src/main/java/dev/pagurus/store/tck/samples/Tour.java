package dev.pagurus.store.tck.samples;

import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.LongField;
import dev.pagurus.store.Order;
import dev.pagurus.store.Page;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Some of everything that a store does, and its answers as lines of text: they are the same in every JVM, whatever its
 * language, its digits and its time zone.
 */
public final class Tour {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-29T01:30:00.123456Z"), ZoneOffset.UTC);
    private static final int DOCUMENTS = 60;

    private final List<String> answers = new ArrayList<>();

    private Tour() {}

    /**
     * Takes it.
     *
     * @param source how to open an empty database
     * @param copied where to copy it to: another empty one
     * @param imported where to import it to: a third
     * @param export the file to export it to
     */
    public static List<String> answers(StoreConfig source, StoreConfig copied, StoreConfig imported, Path export)
            throws IOException {
        Tour tour = new Tour();
        StoreConfig config = source.toBuilder().clock(CLOCK).build();
        try (Store store = Stores.open(config)) {
            tour.write(store.collection(Item.SCHEMA));
            tour.ask(store.collection(Item.SCHEMA));
            tour.fail(store.collection(Item.SCHEMA));
            tour.revise(store);
            store.summaries().forEach(one -> tour.note("summary", one));
            tour.note("exported", store.exportTo(export, CopyOptions.DEFAULT));
        }
        tour.look(export);
        tour.note("copied", Stores.copy(source, copied, CopyOptions.DEFAULT));
        tour.note("imported", Stores.importFrom(export, imported, CopyOptions.DEFAULT));
        tour.note("compared", Stores.compare(copied, imported, CopyOptions.DEFAULT));
        return List.copyOf(tour.answers);
    }

    private void note(String what, @Nullable Object answer) {
        answers.add(what + ": " + String.valueOf(answer).replace('\n', '|'));
    }

    private void write(DocumentCollection<Item> items) {
        for (Document<Item> stored : Samples.store(items, Samples.items(DOCUMENTS, DOCUMENTS))) {
            note("stored", stored);
        }
        Document<Item> inserted = items.insert("I", Item.of("istanbul ISTANBUL"));
        note("put", items.put("i", inserted.value().withNumber(1_234_567)));
        note("replaced", items.replace(inserted.withValue(Item.ofNumber(-7))));
        note("updated", items.update("I", found -> found.withReal(1234.5)).orElseThrow());
        note("updated all", items.where(Item.NUMBER.eq(-7)).updateAll(found -> found.withFlag(true)));
        note("deleted", items.delete("i"));
        note("deleted all", items.where(Item.NUMBER.eq(0)).deleteAll());
    }

    private void ask(DocumentCollection<Item> items) {
        for (List<Order<Item>> orders : SampleOrders.ALL) {
            @Nullable String cursor = null;
            do {
                Page<Item> page = page(items, orders, cursor);
                page.items().forEach(found -> note("page by " + orders, found.id()));
                cursor = page.nextCursor();
                note("next", cursor);
            } while (cursor != null);
        }
        note("times", items.query().countBy(Item.TIME));
        note("tags", items.query().countBy(Item.TAGS));
        note("colors", items.query().countBy(Item.COLOR));
        note("numbers", items.where(Item.NUMBER.gte(10).or(Item.REAL.lt(0.3))).count());
        note(
                "texts",
                items.where(Item.TEXT.startsWith("i").or(Item.TEXT.eq("I"))).list());
    }

    private static Page<Item> page(DocumentCollection<Item> items, List<Order<Item>> orders, @Nullable String cursor) {
        return SampleOrders.ordered(items.query(), orders)
                .limit(DOCUMENTS / 2)
                .startAfter(cursor)
                .page();
    }

    /** Has things refused, for messages have numbers in them too. */
    private void fail(DocumentCollection<Item> items) {
        Document<Item> first = items.insert("refused", Item.NOTHING.withCode("mine"));
        List<Runnable> wrong = List.of(
                () -> items.insert("refused", Item.NOTHING),
                () -> items.replace("refused", first.version() + 1, Item.NOTHING),
                () -> items.insert("other", first.value()),
                () -> items.put("other", Item.of("x".repeat(1025))),
                () -> items.put("x".repeat(256), Item.NOTHING),
                () -> items.put("other", Item.NOTHING.withTime(Instant.MAX)));
        for (Runnable call : wrong) {
            try {
                call.run();
                note("was not refused", items.query().count());
            } catch (StoreException e) {
                note("refused", e);
            }
        }
    }

    private void revise(Store store) {
        LongField<Item> length = LongField.of("length", item ->
                (long) Objects.requireNonNullElse(item.text(), "").length());
        Schema<Item> revised = Item.schema("items").field(length).revision(12);
        note("revised", store.collection(revised).query().countBy(length));
    }

    /** Reads an export, without the line that says when and from where. */
    private void look(Path export) throws IOException {
        try (ZipFile zip = new ZipFile(export.toFile())) {
            zip.stream().forEach(entry -> {
                try {
                    String text = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                    note(entry.getName(), text.replaceAll("\"(source|written_at)\" *: *\"[^\"]*\"", ""));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /** Returns the JVM options that make every digit, letter and hour another than where the code was written. */
    public static List<List<String>> strangePlaces() {
        return List.of(
                List.of("-Duser.language=ar", "-Duser.country=EG", "-Duser.timezone=Pacific/Kiritimati"),
                List.of("-Duser.language=tr", "-Duser.country=TR", "-Duser.timezone=Pacific/Marquesas"),
                List.of(
                        "-Duser.language=th",
                        "-Duser.country=TH",
                        "-Duser.extensions=u-nu-thai",
                        "-Duser.timezone=America/St_Johns"));
    }
}
