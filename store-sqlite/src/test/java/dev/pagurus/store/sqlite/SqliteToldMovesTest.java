package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.CopyException;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreCall;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a listener is told of whole stores that are moved. */
class SqliteToldMovesTest {

    @TempDir
    Path directory;

    private final List<StoreCall> told = new ArrayList<>();

    private StoreConfig listening(String file) {
        return StoreConfig.builder("sqlite:" + directory.resolve(file))
                .listener(told::add)
                .build();
    }

    private List<String> said() {
        List<String> said = told.stream()
                .map(call -> call.operation() + " " + call.rows() + " " + call.failure())
                .toList();
        told.clear();
        return said;
    }

    @Test
    void aMoveIsToldToTheListenerOfWhereItGoes() {
        StoreConfig source = StoreConfig.of("sqlite:" + directory.resolve("source.db"));
        Path export = directory.resolve("notes.zip");
        try (Store store = Stores.open(source)) {
            for (String title : List.of("a", "b", "c")) {
                store.collection(Note.SCHEMA).put(title, new Note(title, Note.Status.OPEN, null, Set.of(), null));
            }
            store.exportTo(export, CopyOptions.DEFAULT);
        }
        StoreConfig target = listening("target.db");

        Stores.copy(source, target, CopyOptions.DEFAULT);
        assertThat(said()).containsExactly("copy 3 null");
        Stores.compare(target, source, CopyOptions.DEFAULT);
        assertThat(said()).containsExactly("compare 3 null");
        assertThatThrownBy(() -> Stores.copy(source, target, CopyOptions.DEFAULT))
                .isInstanceOf(CopyException.class);
        assertThat(said()).containsExactly("copy 0 CopyException");
        Stores.importFrom(export, listening("imported.db"), CopyOptions.DEFAULT);
        assertThat(said()).containsExactly("importFrom 3 null");
        Stores.copy(target, StoreConfig.of("sqlite:" + directory.resolve("other.db")), CopyOptions.DEFAULT);
        assertThat(said()).as("told to the source's listener").isEmpty();
    }
}
