package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.spi.EngineInfo;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.Changes;
import dev.pagurus.store.tck.reference.ReferenceDatabase;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.ReferenceProvider;
import dev.pagurus.store.tck.reference.Row;
import org.jspecify.annotations.Nullable;

/** Group E: errors. */
final class ErrorMutants {

    private static final System.Logger LOG = System.getLogger("mutants");

    private ErrorMutants() {}

    @Breaks(Clause.E1)
    static Mutant anUnknownSchemeDoesNotNameTheStoresThatAreThere() {
        return Mutant.source("internal/engine/Providers", "\"Found: \" + describe(found) + \". \"", "\"\"");
    }

    @Breaks(Clause.E2)
    static Mutant aPathIsTakenForAUrl() {
        return Mutant.source(
                "StoreUrl",
                "if (colon < 0 || !SCHEME.matcher(rest.substring(0, colon)).matches()) {",
                "if (colon < 0) {\n return parse(\"reference:\" + url);\n }\n"
                        + "        if (!SCHEME.matcher(rest.substring(0, colon)).matches()) {");
    }

    @Breaks(Clause.E3)
    static Mutant anUnknownOptionIsIgnored() {
        return Mutant.provider(new ReferenceProvider() {
            @Override
            public StoreEngine open(StoreConfig config) {
                return open(new ReferenceDatabase(""), config);
            }
        });
    }

    @Breaks(Clause.E4)
    static Mutant anOptionMayBeLargerThanAllowed() {
        return Mutant.source("StoreOptions", " && amount << shift <= most", "");
    }

    @Breaks(Clause.E4)
    static Mutant theBuilderWinsOverTheUrl() {
        return Mutant.source("StoreConfig", "options.duration(\"timeout\", builder.timeout);", "builder.timeout;");
    }

    @Breaks(Clause.E5)
    static Mutant aDuplicateIdNamesNoCollection() {
        return Mutant.source(
                "internal/collection/Outcomes",
                "DuplicateIdException(collection, write.id())",
                "DuplicateIdException(\"\", write.id())");
    }

    @Breaks(Clause.E6)
    static Mutant aViolationNamesNoField() {
        return Mutant.source(
                "internal/collection/Outcomes", "fields(write.collection(), violation.index()));", "List.of());");
    }

    @Breaks(Clause.E7)
    static Mutant aConflictDoesNotSayWhichVersionIsThere() {
        return Mutant.changes(new Changes() {
            @Override
            public @Nullable WriteOutcome refusal(Write write, @Nullable Row old) {
                WriteOutcome refusal = super.refusal(write, old);
                return refusal instanceof WriteOutcome.VersionConflict
                        ? new WriteOutcome.VersionConflict(null)
                        : refusal;
            }
        });
    }

    @Breaks(Clause.E8)
    static Mutant whatTheCodecThrowsComesThrough() {
        return Mutant.source(
                "internal/value/Mapping",
                "throw new UndecodableDocumentException(name(), id, body, e);",
                "throw new IllegalStateException(e);");
    }

    @Breaks(Clause.E8)
    static Mutant countingReadsEveryBody() {
        return Mutant.source(
                "internal/collection/TypedReads",
                "return !access.get(mapping.definition(), mapping.checkId(id)).isEmpty();",
                "return get(id).isPresent();");
    }

    @Breaks(Clause.E9)
    static Mutant messagesShowThePasswordOfTheUrl() {
        return Mutant.source("StoreUrl", "credentials.substring(0, end.start()) + \":***\"", "credentials");
    }

    @Breaks(Clause.E9)
    static Mutant theOpenStoreShowsItsPassword() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public EngineInfo info() {
                EngineInfo info = super.info();
                return new EngineInfo(
                        info.name(),
                        info.version(),
                        info.target() + "?password=" + config.password(),
                        info.capabilities());
            }
        });
    }

    @Breaks({Clause.E10, Clause.T8})
    static Mutant theStoreIsUsableInsideOfItsSnapshot() {
        return Mutant.source(
                "internal/access/Sessions", "if (mode != null) {", "if (mode == SessionMode.TRANSACTION) {");
    }

    @Breaks(Clause.E11)
    static Mutant aClosedStoreSaysThatItsPoolIsShutDown() {
        return Mutant.source(
                "internal/access/Gate",
                "throw new StoreClosedException(store);",
                "throw new IllegalStateException(\"pool has been shut down\");");
    }

    @Breaks(Clause.E12)
    static Mutant whatAnExtractorThrowsIsNoWordOfTheField() {
        return Mutant.source("internal/value/Mapping", "\"The extractor of field '\" + field.name()", "\"Something\"");
    }

    @Breaks(Clause.E13)
    static Mutant everyOpeningWarns() {
        return Mutant.provider(new ReferenceProvider() {
            @Override
            public StoreEngine open(StoreConfig config) {
                LOG.log(System.Logger.Level.WARNING, "Opening {0}", config);
                return super.open(config);
            }
        });
    }

    @Breaks(Clause.E14)
    static Mutant everyOptionIsLogged() {
        return Mutant.provider(new ReferenceProvider() {
            @Override
            public StoreEngine open(StoreConfig config) {
                LOG.log(System.Logger.Level.INFO, config.options().text("no.such.option", "no option"));
                return super.open(config);
            }
        });
    }
}
