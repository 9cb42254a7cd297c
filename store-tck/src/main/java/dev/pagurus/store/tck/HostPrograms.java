package dev.pagurus.store.tck;

import dev.pagurus.store.tck.hosts.BookmarksProgram;
import dev.pagurus.store.tck.hosts.LedgerProgram;
import dev.pagurus.store.tck.hosts.SettingsProgram;
import org.junit.jupiter.api.Nested;

/**
 * Three small applications on the store under test: bookmarks, a settings page, a ledger. They prove no clause of their
 * own; they show that the clauses together carry what people build.
 */
public abstract class HostPrograms {

    /** For subclasses. */
    protected HostPrograms() {}

    /** Returns where databases come from; called for each test. */
    protected abstract StoreFixture fixture();

    @Nested
    class Bookmarks extends BookmarksProgram {
        Bookmarks() {
            super(HostPrograms.this::fixture);
        }
    }

    @Nested
    class Settings extends SettingsProgram {
        Settings() {
            super(HostPrograms.this::fixture);
        }
    }

    @Nested
    class Ledger extends LedgerProgram {
        Ledger() {
            super(HostPrograms.this::fixture);
        }
    }
}
