package dev.pagurus.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.CopyException;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole stores from one place to another, and whether they are the same. */
@Timeout(120)
class CopyTest {

    @TempDir
    private Path directory;

    private String source;

    @BeforeEach
    void fillTheSource() {
        source = file("source.db");
        Notes.fill(source, 1200);
    }

    private String file(String name) {
        return "sqlite:" + directory.resolve(name);
    }

    @Test
    void aStoreMovesToPostgresAndBack() {
        String server = Postgres.newStore();
        String back = file("back.db");

        assertThat(Run.done("copy", source, server).out())
                .contains("notes ", " 1,200 documents", "sha256 ", "Copied and found equal: 1 collections, 1,200");
        Run.done("copy", server, back);

        assertThat(Run.done("verify", source, back).out()).contains("Equal: 1 collections, 1,200 documents.");
        assertThat(Run.done("verify", server, back).out()).contains("Equal");
        assertThat(Notes.count(back)).isEqualTo(1200);
    }

    @Test
    void whereThereIsNoTerminalItPrintsPlainLines() {
        Run run = Run.done("copy", source, file("target.db"));
        assertThat(run.err())
                .contains("Copying notes: ", " 1,200 of 1,200 documents, ", "Comparing notes: 1,200 of")
                .doesNotContain("\r[", "\u001b");
    }

    @Test
    void aDifferenceIsFoundAndNamed() {
        String target = file("target.db");
        Run.done("copy", source, target);
        Notes.put(target, "n000007");
        Run.of("verify", source, target)
                .endsWith(Main.REFUSED)
                .says(
                        source,
                        target,
                        "are not the same",
                        "'notes' (revision 1 with 1200 documents each",
                        "'n000007' the first");
        Notes.put(target, "one more");
        Run.of("verify", source, target).endsWith(Main.REFUSED).says("1200 documents", "1201 documents");
    }

    @Test
    void aTargetThatHoldsSomethingIsOverwrittenOnlyWhenAskedTo() {
        String target = file("target.db");
        Notes.put(target, "mine");
        Run.of("copy", source, target)
                .endsWith(Main.REFUSED)
                .says(target, "is not empty", "collection 'notes' holds", "Nothing was changed");
        assertThat(Notes.count(target)).isEqualTo(1);

        Run.done("copy", "--overwrite", source, target);
        Run.done("verify", source, target);
    }

    @Test
    void whatChangedSinceTheFirstCopyIsBroughtByASecond() {
        String server = Postgres.newStore();
        Run.done("copy", source, server);
        Notes.put(source, "n000003");
        Notes.put(source, "later");
        Run.done("copy", "--overwrite", source, server);
        Run.done("verify", source, server);
        assertThat(Notes.count(server)).isEqualTo(1201);
    }

    @Test
    void aStoreIsNotCopiedOntoItself() {
        Run.of("copy", source, source).endsWith(Main.REFUSED).says("are the same database");
        assertThat(Notes.count(source)).isEqualTo(1200);
    }

    @Test
    void aHalfCopySaysSoAndIsFinishedByTheSameCommand() {
        String target = file("target.db");
        CopyOptions broken = CopyOptions.DEFAULT.withProgress(progress -> {
            throw new IllegalStateException("pulled the plug");
        });
        assertThatThrownBy(() -> Stores.copy(StoreConfig.of(source), StoreConfig.of(target), broken))
                .isInstanceOf(CopyException.class);

        Run.of("info", target)
                .endsWith(Main.REFUSED)
                .says(target, "is the target of a copy that is not finished", "Run the copy again");
        Run.of("verify", source, target).endsWith(Main.REFUSED).says("is not finished");

        Run.done("copy", source, target);
        Run.done("verify", source, target);
    }

    @Test
    void aSourceThatIsNotOneOfOursIsLeftAsItIs() throws Exception {
        String schema = Postgres.newSchema();
        Postgres.run("create schema " + schema + "; create table " + schema + ".theirs (a text)");
        Run.of("copy", Postgres.url("postgres", schema), file("target.db"))
                .endsWith(Main.REFUSED)
                .says("does not have the store's own tables", "Nothing was changed", "'pagurus migrations'");
        Run.of("migrations", Postgres.url("postgres", schema)).endsWith(Main.REFUSED);
    }
}
