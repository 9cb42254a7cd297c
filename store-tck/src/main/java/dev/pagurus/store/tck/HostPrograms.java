package dev.pagurus.store.tck;

import dev.pagurus.store.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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

    /** Reads all pages of something, as long as there is a next one. */
    static <T> List<T> allPages(Function<@Nullable String, Page<T>> read) {
        List<T> all = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            Page<T> page = read.apply(cursor);
            page.items().forEach(item -> all.add(item.value()));
            cursor = page.nextCursor();
        } while (cursor != null);
        return all;
    }
}
