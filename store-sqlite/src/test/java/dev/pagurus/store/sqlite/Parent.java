package dev.pagurus.store.sqlite;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The test that started this JVM, as its program sees it. */
final class Parent {

    /** What {@link #answer} begins with. */
    static final String ANSWER = "= ";

    private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);
    private static final BufferedReader IN =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    private Parent() {}

    /**
     * Tells the parent a line. It is in the pipe, whole, when this returns: one write, without a buffer before it. A
     * parent that is gone is an exception, so that no child outlives it for long.
     */
    static void tell(String line) throws IOException {
        OUT.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Tells what {@link ChildJvm#ask} waits for, in one line. */
    static void answer(String text) throws IOException {
        tell(ANSWER + text.replace('\n', ' '));
    }

    /** Waits for a line of the parent; null when it has no more to say. */
    static @Nullable String hear() throws IOException {
        return IN.readLine();
    }
}
