package dev.pagurus.store.tck.moves;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.Document;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Numbers;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Group R: documents that cannot be decoded are copied and exported like any other. */
public abstract class DamagedCopyClauses extends CopyGroup {

    @TempDir
    Path directory;

    protected DamagedCopyClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @BeforeEach
    public void damage() {
        store.collection(Numbers.SCHEMA).put("good", 12);
        for (int i = 0; i < Numbers.DAMAGED.size(); i++) {
            store.collection(Numbers.TEXTS).put("d" + i, new Numbers.Text(Numbers.DAMAGED.get(i), 7));
        }
    }

    @Proves(Clause.R15)
    void aCopyHasThem() throws Exception {
        assertThat(copy().documents()).as("copied documents").isEqualTo(Numbers.DAMAGED.size() + 1);
        requireThere();
    }

    @Proves(Clause.R15)
    void anExportHasThem() throws Exception {
        Path export = directory.resolve("export.zip");
        store.exportTo(export, CopyOptions.DEFAULT);
        Stores.importFrom(export, target.config(), CopyOptions.DEFAULT);
        requireThere();
    }

    private void requireThere() throws Exception {
        try (Store copy = target.open()) {
            for (int i = 0; i < Numbers.DAMAGED.size(); i++) {
                Optional<Document<String>> wanted =
                        store.collection(Numbers.SCHEMA).raw().get("d" + i);
                assertThat(copy.collection(Numbers.SCHEMA).raw().get("d" + i))
                        .as("the copy of a damaged document")
                        .isEqualTo(wanted);
            }
            assertThat(copy.collection(Numbers.SCHEMA)
                            .where(Numbers.NUMBER.eq(7))
                            .count())
                    .as("those of 7")
                    .isEqualTo(Numbers.DAMAGED.size());
        }
    }
}
