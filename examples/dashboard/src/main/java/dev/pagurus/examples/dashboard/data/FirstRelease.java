package dev.pagurus.examples.dashboard.data;

import dev.pagurus.store.Document;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.JsonUpgrade;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.TextField;
import dev.pagurus.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The history of the first release, whose documents held the details too: a hundred texts in each line of a list. They are
 * two collections now. Stays in the code for as long as a database of the first release may come.
 */
final class FirstRelease {

    /** 'created' said neither what nor by whom, beside a document's own time of creation. */
    static final JsonUpgrade BUILT_AT = JsonUpgrade.start().rename("announcement.created", "builtAt");

    private static final TextField<Whole> IMAGE =
            TextField.of("image", Whole::image).maxBytes(64);
    private static final InstantField<Whole> NOTICED = InstantField.of("noticed_at", Whole::noticedAt);

    private static final String SPLIT = "2026-11 details of updates";

    /** A revision of its own, so that no process of the first release adds anything while the step goes through. */
    private static final Schema<Whole> WHOLE =
            Schema.of("updates", Whole.class).index(IMAGE, NOTICED).revision(2).upgrade(1, BUILT_AT);

    /** An update with all that came with it. */
    private record Whole(String image, Said announcement, Instant noticedAt) {}

    private record Said(
            String status,
            String provider,
            String digest,
            @Nullable Instant builtAt,
            @Nullable String platform,
            @Nullable String mimeType,
            @Nullable String hubLink,
            @Nullable String diunVersion,
            Map<String, String> metadata) {}

    private FirstRelease() {}

    /** Copies the details into their collection; {@link History#SCHEMA} takes them from the old one afterwards. */
    static void split(Store store) {
        store.collection(History.DETAILS);
        try {
            if (!isSplit(store)) {
                store.collection(WHOLE);
            }
        } catch (SchemaException e) {
            if (!isSplit(store)) {
                throw e;
            }
            // Another process was faster, and went on to the next revision.
        }
        store.step(SPLIT, WHOLE, FirstRelease::copyDetails);
    }

    private static boolean isSplit(Store store) {
        return store.steps().stream().anyMatch(step -> step.name().equals(SPLIT) && step.done());
    }

    private static void copyDetails(Transaction tx, List<Document<Whole>> batch) {
        var details = tx.collection(History.DETAILS);
        for (Document<Whole> update : batch) {
            Map<String, String> metadata = update.value().announcement().metadata();
            if (!metadata.isEmpty()) {
                details.put(update.id(), new Details(update.value().image(), metadata));
            }
        }
    }
}
