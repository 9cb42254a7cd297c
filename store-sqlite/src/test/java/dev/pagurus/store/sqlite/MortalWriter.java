package dev.pagurus.store.sqlite;

import dev.pagurus.store.Codec;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.TextField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that writes with several threads until it is killed, and tells its parent of each write when it has returned:
 * {@code + id} created, {@code * id} overwritten, {@code ? id} about to be deleted, {@code - id} deleted.
 */
final class MortalWriter {

    private static final TextField<String> CODE = TextField.of("code", code -> code);
    private static final ManyField<String> TAGS = ManyField.of("tags", MortalWriter::tags);

    /** Texts, each with two tags made of it. Without Jackson, which takes as long to start as all the rest. */
    static final Schema<String> SCHEMA = Schema.of("codes", Codec.of(MortalWriter::encode, MortalWriter::decode))
            .uniqueIndex(CODE)
            .index(TAGS);

    private final DocumentCollection<String> codes;
    private final String round;

    private MortalWriter(DocumentCollection<String> codes, String round) {
        this.codes = codes;
        this.round = round;
    }

    /** Takes the URL, the number of threads and the name of the round. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Parent.hear();
        Store store = Stores.open(arguments[0]);
        MortalWriter writer = new MortalWriter(store.collection(SCHEMA), arguments[2]);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            int number = i;
            threads.add(new Thread(() -> writer.write(number)));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void write(int thread) {
        try {
            for (int i = 0; ; i++) {
                String id = round + "-" + thread + "-" + i;
                codes.put(id, "first " + id);
                Parent.tell("+ " + id);
                if (i % 3 == 0) {
                    codes.put(id, "second " + id);
                    Parent.tell("* " + id);
                }
                if (i % 4 == 0) {
                    Parent.tell("? " + id);
                    codes.delete(id);
                    Parent.tell("- " + id);
                }
            }
        } catch (IOException e) {
            // The parent is gone: an orphan shall not write on.
            Runtime.getRuntime().halt(1);
        }
    }

    private static List<String> tags(String code) {
        return List.of("of " + code, code.substring(0, code.indexOf(' ')));
    }

    private static String encode(String code) {
        return "{\"code\":\"" + code + "\",\"tags\":[\"" + String.join("\",\"", tags(code)) + "\"]}";
    }

    private static String decode(String body) {
        int start = "{\"code\":\"".length();
        return body.substring(start, body.indexOf('"', start));
    }
}
