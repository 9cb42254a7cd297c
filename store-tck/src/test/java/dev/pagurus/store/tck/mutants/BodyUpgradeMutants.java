package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.spi.StoredRow;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.Changes;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.Row;
import dev.pagurus.store.tck.reference.State;
import dev.pagurus.store.tck.reference.State.Table;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** Group S: upgrades of bodies. */
final class BodyUpgradeMutants {

    private static final int CHUNK = 1_000;

    private BodyUpgradeMutants() {}

    /** As an engine does that writes the fields alone. */
    @Breaks({Clause.S28, Clause.S37})
    static Mutant bodiesStayAsTheyWere() {
        return filling(
                (from, row, filled) -> new Row(row.id(), row.version(), row.createdAt(), row.body(), filled.values()));
    }

    @Breaks(Clause.S28)
    static Mutant fieldsAreThoseOfTheOldBody() {
        return Mutant.changes(new Changes() {
            @Override
            public void define(State draft, CollectionDefinition wanted, Filler filler) {
                Table old = draft.table(wanted.name());
                super.define(
                        draft,
                        wanted,
                        (from, id, body) -> old == null
                                ? filler.fill(from, id, body)
                                : new Content.Body(
                                        filler.fill(from, id, body).text(), Upgrades.carried(old, id, wanted)));
            }
        });
    }

    @Breaks(Clause.S28)
    static Mutant onlyTheFirstChunkGetsItsNewBodies() {
        return Mutant.changes(new Changes() {
            private int filled;

            @Override
            public Row fill(int from, Row row, Filler filler) {
                Row changed = super.fill(from, row, filler);
                return filled++ < CHUNK
                        ? changed
                        : new Row(row.id(), row.version(), row.createdAt(), row.body(), changed.values());
            }
        });
    }

    @Breaks(Clause.S28)
    static Mutant anUpgradeIsAWriteOfTheDocument() {
        return filling((from, row, filled) ->
                new Row(row.id(), row.version() + 1, row.createdAt(), filled.text(), filled.values()));
    }

    @Breaks(Clause.S28)
    static Mutant anUpgradedDocumentIsMadeAnew() {
        return filling(
                (from, row, filled) -> new Row(row.id(), row.version(), row.version(), filled.text(), filled.values()));
    }

    /** As an engine that begins again after a failure, with what it has written already. */
    @Breaks({Clause.S29, Clause.S31})
    static Mutant anUpgradeIsAppliedTwice() {
        return Mutant.changes(new Changes() {
            @Override
            public Row fill(int from, Row row, Filler filler) {
                return super.fill(from, super.fill(from, row, filler), filler);
            }
        });
    }

    @Breaks(Clause.S29)
    static Mutant everyUpgradeBeginsFromTheFirstRevision() {
        return Mutant.changes(new Changes() {
            @Override
            public Row fill(int from, Row row, Filler filler) {
                return super.fill(1, row, filler);
            }
        });
    }

    /** As an engine does that commits fields and bodies apart. */
    @Breaks(value = Clause.S31, race = true)
    static Mutant bodiesComeAfterTheRevision() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public void define(CollectionDefinition definition, Filler filler) {
                Map<String, String> bodies = new HashMap<>();
                database.change(draft -> {
                    changes().define(draft, definition, (from, id, body) -> {
                        Content.Body filled = filler.fill(from, id, body);
                        bodies.put(id, filled.text());
                        return new Content.Body(body, filled.values());
                    });
                    return true;
                });
                for (int i = 0; i < 20 && !bodies.isEmpty(); i++) {
                    Mutant.pause();
                }
                database.change(draft -> {
                    exchange(draft, definition, bodies);
                    return true;
                });
            }
        });
    }

    /** The bodies are shown before the catalogue has the new revision. */
    @Breaks(value = Clause.S30, race = true)
    static Mutant newBodiesAreSeenWhileTheUpgradeRuns() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public void define(CollectionDefinition definition, Filler filler) {
                Table old = database.newest().table(definition.name());
                if (old != null && old.definition().revision() < definition.revision()) {
                    Map<String, String> bodies = new HashMap<>();
                    int from = old.definition().revision();
                    old.rows()
                            .forEach((id, row) -> bodies.put(
                                    id, filler.fill(from, id, row.body()).text()));
                    change(old.definition(), bodies);
                    // As long as a short upgrade takes, and longer than a busy machine lets a reader wait.
                    for (int i = 0; i < 500; i++) {
                        Mutant.pause();
                    }
                    Map<String, String> before = new HashMap<>();
                    old.rows().forEach((id, row) -> before.put(id, row.body()));
                    change(old.definition(), before);
                }
                super.define(definition, filler);
            }

            private void change(CollectionDefinition definition, Map<String, String> bodies) {
                database.change(draft -> {
                    exchange(draft, definition, bodies);
                    return true;
                });
            }
        });
    }

    @Breaks(value = Clause.S30, race = true)
    static Mutant whatIsWrittenWhileAnUpgradeRunsIsLeftAsItIs() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public void define(CollectionDefinition definition, Filler filler) {
                Table old = database.newest().table(definition.name());
                Set<String> known =
                        new HashSet<>(old == null ? Set.of() : old.rows().keySet());
                for (int i = 0; i < 20; i++) {
                    Mutant.pause();
                }
                super.define(definition, (from, id, body) -> {
                    Content.Body filled = filler.fill(from, id, body);
                    return known.contains(id) ? filled : new Content.Body(body, filled.values());
                });
            }
        });
    }

    @Breaks(value = Clause.S31, race = true)
    static Mutant theRevisionIsReadBeforeTheLock() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public void define(CollectionDefinition definition, Filler filler) {
                Table old = database.newest().table(definition.name());
                int revision = old == null ? 1 : old.definition().revision();
                for (int i = 0; i < 20; i++) {
                    Mutant.pause();
                }
                super.define(definition, (from, id, body) -> filler.fill(revision, id, body));
            }
        });
    }

    @Breaks(Clause.S32)
    static Mutant aRefusedUpgradeLeavesTheBodiesThatItHadChanged() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public void define(CollectionDefinition definition, Filler filler) {
                Map<String, String> bodies = new HashMap<>();
                try {
                    super.define(definition, (from, id, body) -> {
                        Content.Body filled = filler.fill(from, id, body);
                        bodies.put(id, filled.text());
                        return filled;
                    });
                } catch (RuntimeException e) {
                    database.change(draft -> {
                        exchange(draft, definition, bodies);
                        return true;
                    });
                    throw e;
                }
            }
        });
    }

    @Breaks(Clause.S32)
    static Mutant aDocumentThatAFunctionFailsOnStaysAsItIs() {
        return Mutant.source(
                "Upgrades", "throw failed(revision, e);", "if (revision > 0) return body; throw failed(revision, e);");
    }

    @Breaks(Clause.S32)
    static Mutant whatAFunctionMakesMayHaveAnySize() {
        return Mutant.source("internal/value/Filling", "if (!text.equals(body)) {", "if (text.isEmpty()) {");
    }

    @Breaks(Clause.S33)
    static Mutant aFunctionMayLeaveOutWhatItLikes() {
        return Mutant.source("Upgrades", "leftOut.addAll(leftOut(text, changed, function));", "");
    }

    @Breaks(Clause.S33)
    static Mutant onlyOneDocumentIsCounted() {
        return Mutant.source("internal/Counted", "found.count++;", "found.count = 1;");
    }

    @Breaks(Clause.S33)
    static Mutant onlyTheFirstPropertyIsTold() {
        return Mutant.source(
                "internal/value/Filling",
                "while (path != null && paths.add(path)) {",
                "while (path != null && paths.isEmpty() && paths.add(path)) {");
    }

    @Breaks(Clause.S34)
    static Mutant duplicatesAreLookedForAmongTheOldBodies() {
        return Mutant.changes(new Changes() {
            @Override
            public void refuseDuplicate(NavigableMap<String, Row> rows, CollectionDefinition wanted, Row row) {
                // As an index that is built before the bodies change.
            }
        });
    }

    @Breaks(Clause.S35)
    static Mutant aChainMayHaveGaps() {
        return Mutant.source("Upgrades", "if (!functions.isEmpty() && from != next) {", "if (from < 0) {");
    }

    @Breaks(Clause.S35)
    static Mutant aChainMayEndTooEarly() {
        return Mutant.source("Upgrades", "if (isEmpty() || end == revision) {", "if (isEmpty() || end <= revision) {");
    }

    @Breaks(Clause.S35)
    static Mutant aChainMayBeginTooLate() {
        return Mutant.source("Upgrades", "if (!isEmpty() && from < first) {", "if (from < 0) {")
                .andSource(
                        "Upgrades",
                        "int revision = isEmpty() ? first : from;",
                        "int revision = Math.max(from, first);");
    }

    @Breaks(Clause.S36)
    static Mutant whatWasSetAsideBeforeIsOverwritten() {
        return Mutant.source("spi/SetAside", "used.contains(id)", "id.isEmpty()");
    }

    @Breaks(Clause.S36)
    static Mutant whatIsSetAsideGetsANewVersion() {
        return Mutant.changes(new Changes() {
            @Override
            public void setAside(State draft, CollectionDefinition of, List<Row> away, CollectionDefinition aside) {
                List<Row> newer = away.stream()
                        .map(row -> new Row(row.id(), row.version() + 1, row.createdAt(), row.body(), row.values()))
                        .toList();
                super.setAside(draft, of, newer, aside);
            }
        });
    }

    @Breaks(Clause.S36)
    static Mutant onlySomeAreSetAside() {
        return Mutant.changes(new Changes() {
            @Override
            public void setAside(State draft, CollectionDefinition of, List<Row> away, CollectionDefinition aside) {
                super.setAside(draft, of, away.subList(0, Math.min(away.size(), 100)), aside);
            }
        });
    }

    /** As a store does that moves documents first, and changes the collection then. */
    @Breaks(Clause.S36)
    static Mutant aRefusedUpgradeHasSetDocumentsAside() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public void define(CollectionDefinition definition, Filler filler) {
                try {
                    super.define(definition, filler);
                } catch (RuntimeException | Error e) {
                    Table old = database.newest().table(definition.name());
                    CollectionDefinition aside = filler.aside();
                    if (old != null && aside != null) {
                        move(old, aside);
                    }
                    throw e;
                }
            }

            private void move(Table old, CollectionDefinition aside) {
                List<Row> away = old.rows().values().stream()
                        .filter(row ->
                                row.body().startsWith("bad") || row.body().contains("letter 1"))
                        .toList();
                database.change(draft -> {
                    changes().setAside(draft, old.definition(), away, aside);
                    away.forEach(row -> draft.changing(old).rows().remove(row.id()));
                    return true;
                });
            }
        });
    }

    @Breaks(Clause.S36)
    static Mutant whatWouldVanishIsSetAside() {
        return Mutant.source(
                        "internal/value/Filling",
                        "if (aside == null || found == null || found.vanishing()) {",
                        "if (aside == null || found == null) {")
                .andSource(
                        "internal/Definition",
                        "            if (failure.vanishing()) {",
                        "            if (failure.vanishing() && mapping.setAside().isEmpty()) {");
    }

    @Breaks(Clause.S33)
    static Mutant whatACodecDoesNotWriteAgainIsNotMissed() {
        return Mutant.source("UpgradePlan", "return rereads;", "return false;");
    }

    @Breaks(Clause.S33)
    static Mutant oneOfSeveralIsNotMissed() {
        return Mutant.source(
                "JsonProperties", "after.getOrDefault(path, 0) < count", "!after.containsKey(path) && count > 0");
    }

    @Breaks(Clause.S32)
    static Mutant aMessageQuotesWhatAFunctionSaid() {
        return Mutant.source(
                "Upgrades",
                "\"It threw \" + e.getClass().getSimpleName() + \".\", e);",
                "\"It threw \" + e + \".\", e);");
    }

    @Breaks(Clause.S50)
    static Mutant aStepMayWorkOnNothing() {
        return Mutant.source("internal/value/Filling", "if (!unknown.isEmpty()) {", "if (unknown.size() > 9) {");
    }

    @Breaks(Clause.S50)
    static Mutant whatIsStoredIsNotToldWhereThereIsNoDocument() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public void define(CollectionDefinition definition, Filler filler) {
                Table old = database.newest().table(definition.name());
                super.define(
                        definition,
                        old == null || old.rows().isEmpty() ? (from, id, body) -> filler.fill(from, id, body) : filler);
            }
        });
    }

    @Breaks(Clause.S50)
    static Mutant theNameOfASubtypeStandsFirst() {
        return Mutant.source(
                "JsonPlaces",
                "JsonNode told = object.get(subtype.told());",
                "JsonNode told = object.values().iterator().next();");
    }

    @Breaks(Clause.S37)
    static Mutant numbersAreWrittenAnew() {
        return Mutant.source("JsonText", "json.writeNumber(number.text);", "json.writeNumber(number.decimalValue());");
    }

    @Breaks(Clause.S37)
    static Mutant aRenamedPropertyGoesToTheEnd() {
        return Mutant.source(
                "JsonStep",
                "properties.forEach((key, value) -> holder.set(key.equals(old) ? name : key, value));",
                """
                JsonNode moved = properties.remove(old);
                properties.forEach((key, value) -> holder.set(key, value));
                holder.set(name, moved);
                """);
    }

    @Breaks(Clause.S37)
    static Mutant aNameThatIsTakenIsOverwritten() {
        return Mutant.source("JsonStep", "if (holder.has(name)) {", "if (name.isEmpty()) {");
    }

    @Breaks(Clause.S38)
    static Mutant whatWasCopiedIsNotUpgraded() {
        return Mutant.changes(new Changes() {
            private final Set<String> loaded = new HashSet<>();

            @Override
            public void load(State draft, CollectionDefinition collection, List<StoredRow> rows) {
                loaded.add(collection.name());
                super.load(draft, collection, rows);
            }

            @Override
            public void define(State draft, CollectionDefinition wanted, Filler filler) {
                super.define(
                        draft,
                        wanted,
                        (from, id, body) -> loaded.contains(wanted.name())
                                ? new Content.Body(
                                        body, filler.fill(from, id, body).values())
                                : filler.fill(from, id, body));
            }
        });
    }

    @Breaks(Clause.S39)
    static Mutant whatStaysIsWrittenWithoutItsSpace() {
        return filling((from, row, filled) ->
                new Row(row.id(), row.version(), row.createdAt(), filled.text().strip(), filled.values()));
    }

    private interface Filled {
        Row row(int from, Row row, Content.Body filled);
    }

    /** An upgrade leaves something else behind. */
    private static Mutant filling(Filled filled) {
        return Mutant.changes(new Changes() {
            @Override
            public Row fill(int from, Row row, Filler filler) {
                return filled.row(from, row, filler.fill(from, row.id(), row.body()));
            }
        });
    }

    private static void exchange(State draft, CollectionDefinition definition, Map<String, String> bodies) {
        Table table = draft.table(definition.name());
        if (table == null) {
            return;
        }
        NavigableMap<String, Row> rows = new TreeMap<>(table.rows());
        rows.replaceAll((id, row) ->
                new Row(id, row.version(), row.createdAt(), bodies.getOrDefault(id, row.body()), row.values()));
        draft.put(new Table(table.definition(), rows));
    }
}
