package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.ChangeChunk;
import dev.pagurus.store.spi.ChangeScan;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.ChangeLog.Entry;
import dev.pagurus.store.tck.reference.Feeds;
import dev.pagurus.store.tck.reference.State;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Group F: what the pages of a feed show. */
final class PageMutants {

    private PageMutants() {}

    @Breaks({Clause.F6, Clause.F7, Clause.F9})
    static Mutant everyPageIsSaidToBeComplete() {
        return ChangeMutants.feeds(new Feeds() {
            @Override
            public boolean isComplete(int shown, int there) {
                return true;
            }
        });
    }

    @Breaks(Clause.F9)
    static Mutant aFullPageIsSaidToBeComplete() {
        return ChangeMutants.feeds(new Feeds() {
            @Override
            public boolean isComplete(int shown, int there) {
                return shown == there || shown == 4;
            }
        });
    }

    @Breaks(Clause.F7)
    static Mutant whatChangesWhileTheStateIsShownIsLost() {
        return Mutant.source(
                "internal/changes/Feed",
                "        return changesAfter(position.engine());",
                "        return changesAfter(engineEnd());");
    }

    @Breaks(Clause.F7)
    static Mutant startingAfterNullForgetsTheState() {
        return Mutant.source(
                "internal/changes/Feed",
                "return position == null ? this :",
                "return position == null ? with(new Start(null, false, start.limit)) :");
    }

    @Breaks(Clause.F8)
    static Mutant theEndIsBeforeTheLastChange() {
        return ChangeMutants.feeds(new Feeds() {
            @Override
            public String end(State state, List<CollectionDefinition> collections) {
                int all = entries(state, collections, 0).size();
                return all < 2
                        ? super.end(state, collections)
                        : changes(state, new ChangeScan(collections, null, all - 1, Long.MAX_VALUE))
                                .position();
            }
        });
    }

    @Breaks(Clause.F9)
    static Mutant theBytesOfAPageAreNotLimited() {
        return ChangeMutants.feeds(new Feeds() {
            @Override
            public ChangeChunk changes(State state, ChangeScan scan) {
                return super.changes(
                        state, new ChangeScan(scan.collections(), scan.after(), scan.maxChanges(), Long.MAX_VALUE));
            }
        });
    }

    @Breaks({Clause.F6, Clause.F10})
    static Mutant aDocumentOfThePastIsShown() {
        Map<String, StoredDocument> shown = new ConcurrentHashMap<>();
        return ChangeMutants.feeds(new Feeds() {
            @Override
            public @Nullable StoredDocument document(State state, Entry entry) {
                StoredDocument now = super.document(state, entry);
                StoredDocument past =
                        now == null ? null : shown.putIfAbsent(entry.collection() + " " + entry.id(), now);
                return past == null ? now : past;
            }
        });
    }

    @Breaks(Clause.F10)
    static Mutant aDocumentOfAnEarlierChangeIsNotJoined() {
        return ChangeMutants.feeds(new Feeds() {
            @Override
            public @Nullable StoredDocument document(State state, Entry entry) {
                StoredDocument now = super.document(state, entry);
                return now != null && now.version() == entry.version() ? now : null;
            }
        });
    }

    @Breaks(Clause.F20)
    static Mutant documentsAreDecodedWithThePage() {
        return Mutant.source(
                "internal/changes/Feed",
                "        return new SeenChange(stored, Objects.requireNonNull(mappings.get(stored.collection())));",
                """
                        Mapping<?> mapping = Objects.requireNonNull(mappings.get(stored.collection()));
                        if (stored.document() != null) {
                            mapping.decode(stored.document());
                        }
                        return new SeenChange(stored, mapping);
                """);
    }

    @Breaks(Clause.F21)
    static Mutant aPageMayHaveAnyNumberOfChanges() {
        return Mutant.source(
                "internal/changes/Feed", "if (changes < 1 || changes > MAX_LIMIT) {", "if (changes < 1) {");
    }
}
