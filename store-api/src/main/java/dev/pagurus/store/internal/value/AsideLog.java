package dev.pagurus.store.internal.value;

import dev.pagurus.store.spi.CollectionDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Names each document that is set aside, some at a time: there may be more of them than the memory holds. */
public final class AsideLog {

    private static final Logger LOG = LoggerFactory.getLogger("dev.pagurus.store.schema");

    private static final int AT_ONCE = 100;

    private final String collection;
    private final int revision;
    private final @Nullable CollectionDefinition aside;
    private final List<String> ids = new ArrayList<>();
    private long count;

    AsideLog(String collection, int revision, @Nullable CollectionDefinition aside) {
        this.collection = collection;
        this.revision = revision;
        this.aside = aside;
    }

    /** A change that was begun again begins from the first document. */
    void begin() {
        ids.clear();
        count = 0;
    }

    void add(String id) {
        ids.add(id);
        count++;
        if (ids.size() == AT_ONCE) {
            name();
        }
    }

    private void name() {
        LOG.warn(
                "Collection '{}': {} documents that cannot be brought to revision {} go to '{}' as they are, if nothing refuses"
                        + " the rest: {}",
                collection,
                ids.size(),
                revision,
                aside == null ? "" : aside.name(),
                String.join(", ", ids));
        ids.clear();
    }

    /** Says that it is done. */
    public void end() {
        if (count == 0) {
            return;
        }
        if (!ids.isEmpty()) {
            name();
        }
        LOG.warn(
                "Collection '{}': {} documents in all were set aside in '{}'",
                collection,
                count,
                aside == null ? "" : aside.name());
    }
}
