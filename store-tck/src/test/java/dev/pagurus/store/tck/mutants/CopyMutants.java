package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.StoredRow;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.Changes;
import dev.pagurus.store.tck.reference.ReferenceDatabase;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.ReferenceSession;
import dev.pagurus.store.tck.reference.Row;
import dev.pagurus.store.tck.reference.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Group X: copies. */
final class CopyMutants {

    private static final String NOTHING_COMPARED = "if (!found.equals(copied)) {";

    private CopyMutants() {}

    @Breaks(Clause.X1)
    static Mutant aCopyLosesADocument() {
        return loading(rows -> rows.subList(1, rows.size()))
                .andSource("internal/copy/StateCopy", NOTHING_COMPARED, "if (false) {");
    }

    @Breaks(Clause.X1)
    static Mutant copiedDocumentsGetNewVersions() {
        return loadingEach(row -> new StoredRow(
                        new StoredDocument(
                                row.id(),
                                row.document().version() + 1,
                                row.document().createdAt(),
                                row.document().body()),
                        row.values()))
                .andSource("internal/copy/StateCopy", NOTHING_COMPARED, "if (false) {");
    }

    @Breaks(Clause.X1)
    static Mutant copiedDocumentsAreCreatedAnew() {
        return loadingEach(row -> new StoredRow(
                        new StoredDocument(
                                row.id(),
                                row.document().version(),
                                row.document().version(),
                                row.document().body()),
                        row.values()))
                .andSource("internal/copy/StateCopy", NOTHING_COMPARED, "if (false) {");
    }

    @Breaks(Clause.X1)
    static Mutant fieldsAreNotCopied() {
        return loadingEach(row -> {
                    List<@Nullable Object> values = new ArrayList<>(row.values());
                    values.replaceAll(value -> value instanceof List<?> ? List.of() : null);
                    return new StoredRow(row.document(), values);
                })
                .andSource("internal/copy/StateCopy", NOTHING_COMPARED, "if (false) {");
    }

    @Breaks(Clause.X2)
    static Mutant aCopyReadsWhatIsNewest() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            public List<StoredRow> rows(CollectionDefinition collection, String after) {
                return mode == SessionMode.COPY
                        ? engine.answers().rows(engine.database().newest(), collection, after)
                        : super.rows(collection, after);
            }
        });
    }

    @Breaks(Clause.X3)
    static Mutant copiedDocumentsCannotBeReplaced() {
        Set<String> loaded = ConcurrentHashMap.newKeySet();
        return Mutant.changes(new Changes() {
            @Override
            public void load(State draft, CollectionDefinition collection, List<StoredRow> rows) {
                rows.forEach(row -> loaded.add(collection.name() + row.id()));
                super.load(draft, collection, rows);
            }

            @Override
            public @Nullable WriteOutcome refusal(Write write, @Nullable Row old) {
                boolean versioned = write.precondition().kind() == Write.Precondition.Kind.VERSION;
                return versioned
                                && old != null
                                && loaded.contains(write.collection().name() + write.id())
                        ? new WriteOutcome.VersionConflict(old.version() + 1)
                        : super.refusal(write, old);
            }
        });
    }

    @Breaks(Clause.X4)
    static Mutant aTargetThatHoldsDocumentsIsOverwrittenUnasked() {
        return Mutant.source("internal/copy/Copying", "if (!options.overwrite()) {", "if (false) {");
    }

    @Breaks(Clause.X4)
    static Mutant whatTheSourceDoesNotHaveStays() {
        return Mutant.source("internal/copy/Stretch", "if (!wrong.isEmpty()) {", "if (false) {")
                .andSource("internal/copy/StateCopy", NOTHING_COMPARED, "if (false) {");
    }

    @Breaks(Clause.X5)
    static Mutant anUnfinishedCopyIsOpened() {
        return Mutant.source("internal/copy/CopyMark", "if (found != null) {", "if (false) {");
    }

    @Breaks(Clause.X6)
    static Mutant aCopyThatBrokeOffIsTakenForAnothersData() {
        return Mutant.source(
                "internal/copy/CopyMark",
                "write(Precondition.version(other.version()), new Content.Body(text, List.of()), session -> {});",
                "write(Precondition.version(other.version()), new Content.Body(text, List.of()), check);");
    }

    @Breaks({Clause.X4, Clause.X6})
    static Mutant whatIsFurtherOnKeepsTheUniqueValues() {
        return Mutant.source("internal/copy/StateCopy", "if (dropped.get() == 0) {", "if (dropped.get() >= 0) {");
    }

    @Breaks(Clause.X7)
    static Mutant aCopyOntoItselfIsNotNoticed() {
        return Mutant.source("internal/copy/Copying", "if (same.sees(target.mark())) {", "if (false) {");
    }

    @Breaks(Clause.X8)
    static Mutant anotherCopyIsTakenOverAtOnce() {
        return Mutant.source(
                        "internal/copy/CopyMark",
                        "&& System.nanoTime() - waiting < PATIENCE.toNanos()",
                        "&& System.nanoTime() - waiting < 0")
                .andSource(
                        "internal/copy/CopyMark",
                        "write(Precondition.version(version), new Content.Body(text, List.of()), change);",
                        "write(Precondition.NONE, new Content.Body(text, List.of()), change);");
    }

    @Breaks(Clause.X9)
    static Mutant aHashComparesNothing() {
        return Mutant.source("internal/copy/StateCopy", NOTHING_COMPARED, "if (false) {");
    }

    @Breaks(Clause.X10)
    static Mutant aBodyOverTheTargetsLimitIsCopied() {
        return Mutant.source("internal/copy/ReadAhead", "maxBodyBytes, what", "Long.MAX_VALUE, what");
    }

    @Breaks(Clause.X11)
    static Mutant anInterruptedCopyGoesOn() {
        return Mutant.source("internal/copy/CopyWatch", "if (Thread.currentThread().isInterrupted()) {", "if (false) {")
                .andSource("internal/copy/ReadAhead", "Thread.currentThread().interrupt();", "");
    }

    @Breaks(Clause.X12)
    static Mutant nobodyIsToldOfProgress() {
        return Mutant.source("internal/copy/CopyWatch", "listener.accept(progress);", "");
    }

    @Breaks(Clause.X13)
    static Mutant anExportHasAnotherVersion() {
        return Mutant.source(
                "internal/copy/ExportJson",
                "json.writeNumberProperty(\"version\", document.version());",
                "json.writeNumberProperty(\"version\", document.version() + 1);");
    }

    @Breaks(Clause.X14)
    static Mutant aChangedExportIsImported() {
        return Mutant.source(
                "internal/copy/ExportFile", "if (!found.equals(manifest.contents().get(i))) {", "if (false) {");
    }

    @Breaks(Clause.X14)
    static Mutant anExportOfANewerReleaseIsImported() {
        return Mutant.source(
                "internal/copy/ExportManifest", "if (version < FIRST || version > VERSION) {", "if (false) {");
    }

    @Breaks(Clause.X14)
    static Mutant namesInAnExportAreBelieved() {
        return Mutant.source("internal/copy/ExportManifest", "ExportSchema.requireDeclarable(definition);", "");
    }

    @Breaks(Clause.X15)
    static Mutant aFileIsOverwrittenUnasked() {
        return Mutant.source("spi/WholeFile", "if (!overwrite && Files.exists(file)) {", "if (false) {")
                .andSource(
                        "spi/WholeFile",
                        "Files.move(unfinished, file);",
                        "Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);");
    }

    @Breaks(Clause.X15)
    static Mutant aFailedExportLeavesAPart() {
        return Mutant.source(
                "spi/PrivateFile", "PARTS = List.of(\"-journal\", \"-wal\", \"-shm\", \"\")", "PARTS = List.of()");
    }

    @Breaks(Clause.X16)
    static Mutant whatCannotBeReplacedIsEmptiedFirst() {
        return Mutant.source("internal/copy/Refusals", "&& !isReplaceable(other, wanted)) {", "&& false) {");
    }

    @Breaks(Clause.X16)
    static Mutant aLowerRevisionIsNotReplaced() {
        return Mutant.source(
                "internal/copy/Refusals",
                "SchemaChange.between(other, wanted);",
                "if (!other.serves(wanted)) return false;");
    }

    @Breaks(Clause.X17)
    static Mutant anUnfinishedTargetIsASource() {
        return Mutant.source("internal/copy/Moves", "CopyMark.refuse(session, engine.info().target());", "");
    }

    @Breaks(Clause.X18)
    static Mutant anArrayInAnExportMayBeEndless() {
        return Mutant.source("internal/copy/ExportJson", "texts.size() < mostValues(field)", "texts.size() >= 0");
    }

    @Breaks(Clause.X18)
    static Mutant aDefinitionInAnExportIsBelieved() {
        return Mutant.source("internal/copy/ExportManifest", "ExportSchema.requireDeclarable(definition);", "");
    }

    @Breaks(Clause.X18)
    static Mutant anExportUnpacksToWhatItLikes() {
        return Mutant.source(
                        "internal/copy/ExportZip", "if (left <= 0 && length > 0) {", "if (left <= 0) { left = length;")
                .andSource(
                        "internal/copy/ExportZip",
                        "throw new CopyException(\"There are more than",
                        "if (bytes == null) throw new CopyException(\"There are more than");
    }

    @Breaks(Clause.X18)
    static Mutant anythingIsReadAsAnExport() {
        return Mutant.source("internal/copy/Moves", "if (!Arrays.equals(begin, ZIP)) {", "if (false) {");
    }

    @Breaks(Clause.C5)
    static Mutant aBackupIsEmpty() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public void backup(Path file, boolean overwrite) {
                super.backup(file, overwrite);
                new ReferenceDatabase("").backup(file);
            }
        });
    }

    @Breaks(Clause.C5)
    static Mutant aBackupReplacesAnyFile() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public void backup(Path file, boolean overwrite) {
                super.backup(file, true);
            }
        });
    }

    @Breaks(Clause.X19)
    static Mutant anExportIsForEverybody() {
        return Mutant.source("spi/PrivateFile", "fromString(\"rw-------\")", "fromString(\"rw-r--r--\")");
    }

    @Breaks(Clause.X19)
    static Mutant aBackupIsForEverybody() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public void backup(Path file, boolean overwrite) {
                super.backup(file, overwrite);
                if (!file.toFile().setReadable(true, false)) {
                    throw new IllegalStateException("The permissions of " + file + " could not be changed.");
                }
            }
        });
    }

    private static Mutant loadingEach(UnaryOperator<StoredRow> change) {
        return loading(rows -> rows.stream().map(change).toList());
    }

    private static Mutant loading(UnaryOperator<List<StoredRow>> change) {
        return Mutant.changes(new Changes() {
            @Override
            public void load(State draft, CollectionDefinition collection, List<StoredRow> rows) {
                super.load(draft, collection, rows.isEmpty() ? Collections.emptyList() : change.apply(rows));
            }
        });
    }
}
