package dev.pagurus.store.sqlite;

import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program that makes each kind of file that the library makes, or stops in the middle of one to be killed there. */
final class Saver {

    private Saver() {}

    /** Takes what to do, and a directory. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[1]);
        String data = "sqlite:" + directory.resolve("data.db");
        Path export = directory.resolve("export.zip");
        try (Store store = Stores.open(data);
                Store memory = Stores.open("sqlite::memory:")) {
            store.collection(Note.SCHEMA).put("n1", Note.titled("milk"));
            memory.collection(Note.SCHEMA).put("n1", Note.titled("milk"));
            switch (arguments[0]) {
                case "everything" -> {
                    store.exportTo(export, CopyOptions.DEFAULT);
                    store.backup(directory.resolve("backup.db"), false);
                    StoreConfig copy = StoreConfig.of("sqlite:" + directory.resolve("copy.db"));
                    Stores.copy(StoreConfig.of(data), copy, CopyOptions.DEFAULT);
                    StoreConfig imported = StoreConfig.of("sqlite:" + directory.resolve("imported.db"));
                    try (InputStream in = Files.newInputStream(export)) {
                        Stores.importFrom(in, imported, CopyOptions.DEFAULT);
                    }
                }
                case "export" -> store.exportTo(export, CopyOptions.DEFAULT.withProgress(progress -> stop()));
                case "import" -> Stores.importFrom(new Stopping(), StoreConfig.of(data), CopyOptions.DEFAULT);
                case "memory" -> stop();
                default -> Parent.tell("done");
            }
        }
    }

    private static void stop() {
        try {
            Parent.tell("stopped");
            // Until it is killed, or until the test is gone.
            Parent.hear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Does not come to its end. */
    private static final class Stopping extends InputStream {

        @Override
        public int read() {
            stop();
            return -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            return read();
        }
    }
}
