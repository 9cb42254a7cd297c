package dev.pagurus.store.tck.hosts;

import dev.pagurus.store.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The pages of something, one after the other. */
public final class AllPages {

    private AllPages() {}

    /** Reads all pages of something, as long as there is a next one. */
    public static <T> List<T> read(Function<@Nullable String, Page<T>> read) {
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
