package dev.pagurus.store.postgres;

import dev.pagurus.store.MigrationException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.tck.samples.Tour;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Does some of everything in four schemas, and says what came of it. */
final class TouringProgram {

    static final String ANSWER = "= ";

    private TouringProgram() {}

    /**
     * Runs it.
     *
     * @param arguments the file to export to, and URLs of four schemas that are not there yet
     */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        List<StoreConfig> schemas = new ArrayList<>();
        for (String url : List.of(arguments).subList(1, arguments.length)) {
            schemas.add(StoreConfig.of(url));
        }
        answers(Path.of(arguments[0]), schemas).forEach(line -> out.print(ANSWER + line + "\n"));
        out.flush();
    }

    static List<String> answers(Path export, List<StoreConfig> schemas) throws Exception {
        List<String> answers = new ArrayList<>(Tour.answers(schemas.get(0), schemas.get(1), schemas.get(2), export));
        StoreConfig last = schemas.get(3);
        try (Store store = Stores.open(last.url() + "&migrate=validate")) {
            answers.add("opened: " + store);
        } catch (MigrationException e) {
            String schema = last.options().text("schema", "");
            answers.add("to be run: " + String.valueOf(e.sql()).replace(schema, "SCHEMA"));
        }
        return answers.stream().map(line -> line.replace('\n', ' ')).toList();
    }
}
