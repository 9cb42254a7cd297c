package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import java.lang.management.ManagementFactory;
import java.util.function.UnaryOperator;
import javax.management.ObjectName;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A failure that is expected: its type, what its message says, and that nothing anywhere shows a secret. */
final class Failure {

    /** A part of every password and key here. */
    static final String SECRET = "hunter2";

    private Failure() {}

    /** Opens a store, which must fail; within a few seconds if the server answers at all. */
    static void ofOpening(Class<? extends Throwable> type, String url, String... parts) {
        ofOpening(type, url, builder -> builder, parts);
    }

    static void ofOpening(
            Class<? extends Throwable> type, String url, UnaryOperator<StoreConfig.Builder> change, String... parts) {
        String target = StoreConfig.of(url).redactedUrl();
        of(
                type,
                () -> Stores.open(change.apply(StoreConfig.builder(url)).build())
                        .close(),
                parts);
        assertThat(target).doesNotContain(SECRET);
    }

    static void of(Class<? extends Throwable> type, ThrowingCallable call, String... parts) {
        try (LogCapture log = new LogCapture()) {
            Throwable thrown = catchThrowable(call);
            assertThat(thrown).isExactlyInstanceOf(type);
            assertThat(thrown.getMessage()).contains(parts);
            assertNoSecret(thrown);
            assertThat(log.text()).doesNotContain(SECRET);
            assertNoSecretInJmx();
        }
    }

    static void assertNoSecret(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContain(SECRET);
            for (Throwable suppressed : cause.getSuppressed()) {
                assertNoSecret(suppressed);
            }
        }
    }

    static void assertNoSecretInJmx() {
        for (ObjectName name : ManagementFactory.getPlatformMBeanServer().queryNames(null, null)) {
            assertThat(name.getCanonicalName()).doesNotContain(SECRET);
        }
    }
}
