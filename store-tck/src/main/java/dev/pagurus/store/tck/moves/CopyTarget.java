package dev.pagurus.store.tck.moves;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.tck.StoreFixture;

/** Another database of the fixture, held open while something is copied into it: some do not outlive their last handle. */
public final class CopyTarget {

    private final StoreFixture fixture;
    private final StoreConfig.Builder builder;
    private final StoreConfig config;
    private final Store held;

    public CopyTarget(StoreFixture fixture) throws Exception {
        this.fixture = fixture;
        this.builder = fixture.newDatabase();
        this.config = builder.build();
        this.held = fixture.open(config);
    }

    /** What is done with one. */
    @FunctionalInterface
    public interface Use {
        /** Does it. */
        void with(CopyTarget target) throws Exception;
    }

    /** Has something done with one, which is gone afterwards. */
    public static void use(StoreFixture fixture, Use use) throws Exception {
        CopyTarget target = new CopyTarget(fixture);
        try {
            use.with(target);
        } finally {
            target.close();
        }
    }

    /** Says how to open it once more. */
    public StoreConfig config() throws Exception {
        return fixture.secondHandle(builder, held).build();
    }

    /** Opens it as an application does; the caller closes it. */
    public Store open() throws Exception {
        return fixture.open(config());
    }

    /** Returns what was opened before anything was copied. */
    Store held() {
        return held;
    }

    <T> DocumentCollection<T> collection(Schema<T> schema) {
        return held.collection(schema);
    }

    public void close() throws Exception {
        held.close();
        fixture.dropDatabase(config);
    }
}
