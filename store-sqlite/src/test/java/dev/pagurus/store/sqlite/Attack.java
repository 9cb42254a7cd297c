package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * Something hostile to do to a store, and how it must be refused.
 *
 * @param title what is done, in plain characters, for it names the test
 * @param exception the exact type that a caller gets
 * @param fragment what the message must say
 */
record Attack(String title, Class<? extends Throwable> exception, String fragment, Deed deed) {

    /** A password in some of the URLs; no exception may show it. */
    static final String SECRET = "s3cr3t";

    /** A message may quote what it was given, but not let a megabyte of it into a log. */
    private static final int LONGEST_MESSAGE = 1500;

    /** What is done. */
    interface Deed {
        void to(Victim victim) throws Exception;
    }

    /** Checks that the deed is refused as expected, that nothing has changed, and that the store still works. */
    void isRefusedBy(Victim victim) {
        String before = victim.fingerprint();

        Throwable refusal = catchThrowable(() -> deed.to(victim));

        assertThat(refusal).isExactlyInstanceOf(exception).hasMessageContaining(fragment);
        assertThat(refusal.getMessage())
                .as("a message is bounded, one line, and made for the caller (not by the JVM for a null)")
                .hasSizeLessThan(LONGEST_MESSAGE)
                .doesNotContainPattern("[\\p{Cc}\\p{Cs}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]")
                .doesNotStartWith("Cannot ");
        assertThat(wholeText(refusal)).doesNotContain(SECRET);
        assertThat(victim.fingerprint()).isEqualTo(before);
        victim.provesUsable();
    }

    private static String wholeText(Throwable refusal) {
        StringWriter text = new StringWriter();
        refusal.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Override
    public String toString() {
        return title;
    }
}
