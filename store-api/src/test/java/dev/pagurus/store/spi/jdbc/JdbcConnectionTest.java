package dev.pagurus.store.spi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.spi.SerializationFailure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What failures mean; what works is proven by a store on it, {@code examples/custom-store}. */
class JdbcConnectionTest {

    /** One that fails as soon as it is used. */
    private static final class Failing extends JdbcConnection {

        private final SQLException failure;

        Failing(StoreConfig config, SQLException failure) {
            super(config);
            this.failure = failure;
        }

        @Override
        protected Connection connect() throws SQLException {
            throw failure;
        }
    }

    @Test
    void theSqlStateSaysWhatAFailureMeans() {
        assertThat(means("40001")).isInstanceOf(SerializationFailure.class);
        assertThat(means("40P01")).isInstanceOf(SerializationFailure.class);
        assertThat(means("40003")).isInstanceOf(UnavailableException.class);
        assertThat(means("28000")).isInstanceOf(ConfigurationException.class);
        assertThat(means("08006")).isInstanceOf(UnavailableException.class);
        assertThat(means(null))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("x://me:***@db/notes", "oops");
    }

    @Test
    void aCommitThatFailsMayHaveHappenedUnlessOthersStoodInItsWay() {
        assertThatThrownBy(() -> failing("40001", "oops").commit()).isInstanceOf(SerializationFailure.class);
        assertThatThrownBy(() -> failing("40003", "oops").commit()).isInstanceOf(OutcomeUnknownException.class);
        assertThatThrownBy(() -> failing("08006", "oops").commit())
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("read before trying again");
    }

    @Test
    void noPasswordIsShownWhateverTheDriverSays() {
        for (String words : new String[] {"no me:p%40ss@db", "no me:p@ss@db", "no pass2"}) {
            Throwable failure = failing("08001", words).failure(new SQLException(words, "08001"));
            StringWriter all = new StringWriter();
            failure.printStackTrace(new PrintWriter(all));
            assertThat(all.toString()).doesNotContain("p%40ss", "p@ss", "pass2").contains("x://me:***@db/notes");
            SQLException hidden = new SQLException("no", "08001", new IllegalStateException(words));
            assertThat(failing("08001", words).failure(hidden)).hasNoCause();
        }
    }

    @Test
    void toCloseWhatWasNeverUsedDoesNothing() {
        failing("08001", "oops").close();
    }

    private static RuntimeException means(@Nullable String state) {
        return failing(state, "oops").failure(new SQLException("oops", state));
    }

    private static Failing failing(@Nullable String state, String words) {
        StoreConfig config =
                StoreConfig.builder("x://me:p%40ss@db/notes").password("pass2").build();
        return new Failing(config, new SQLException(words, state));
    }
}
