package dev.pagurus.store.internal;

import dev.pagurus.store.Capability;
import dev.pagurus.store.ChangeFeed;
import dev.pagurus.store.CollectionSummary;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.CopyResult;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.FollowerSummary;
import dev.pagurus.store.Health;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.StepSummary;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Tombstone;
import dev.pagurus.store.internal.access.Gate;
import dev.pagurus.store.internal.access.Sessions;
import dev.pagurus.store.internal.access.StoreAccess;
import dev.pagurus.store.internal.access.Transactions;
import dev.pagurus.store.internal.changes.Feed;
import dev.pagurus.store.internal.changes.FollowerHealth;
import dev.pagurus.store.internal.changes.Followers;
import dev.pagurus.store.internal.changes.Following;
import dev.pagurus.store.internal.changes.Waiting;
import dev.pagurus.store.internal.collection.WatchedCollection;
import dev.pagurus.store.internal.copy.CopyMark;
import dev.pagurus.store.internal.copy.Moves;
import dev.pagurus.store.internal.engine.CheckedEngine;
import dev.pagurus.store.internal.engine.Providers;
import dev.pagurus.store.internal.join.Retry;
import dev.pagurus.store.internal.value.FollowerMark;
import dev.pagurus.store.internal.value.Mapping;
import dev.pagurus.store.internal.value.StepMark;
import dev.pagurus.store.internal.watch.Watch;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.EngineInfo;
import dev.pagurus.store.spi.Micros;
import dev.pagurus.store.spi.SessionMode;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A store that is open: an engine, and what this process knows about its collections. */
public final class OpenStore implements Store {

    private static final Logger LOG = LoggerFactory.getLogger("dev.pagurus.store");

    /** They take about a millisecond. */
    private static final int EXPIRED_STEP = 100;

    private final CheckedEngine engine;
    private final long maxBodyBytes;
    private final Gate gate;
    private final Sessions sessions;
    private final StoreAccess access;
    private final Definitions definitions;
    private final Steps steps;
    private final Tombstones tombstones;
    private final Removing removing;
    private final Waiting waiting;
    private final Followers followers;
    private final Following following;
    private final StoreHealth health;

    private OpenStore(CheckedEngine engine, StoreConfig config, Watch watch) {
        this.engine = engine;
        this.maxBodyBytes = engine.maxBodyBytes();
        this.gate = new Gate(engine.info().target());
        this.sessions = new Sessions(engine, gate, config.timeout(), watch);
        this.access = new StoreAccess(engine, gate, sessions, config.timeout());
        Marks marks = new Marks(engine, access);
        this.tombstones = new Tombstones(engine, access, marks);
        this.definitions = new Definitions(engine, access, tombstones, maxBodyBytes);
        this.steps = new Steps(engine, access, definitions, marks, this::inTransaction);
        this.removing = new Removing(engine, access, definitions, steps, tombstones);
        this.waiting = new Waiting(engine, access);
        this.followers = new Followers(engine, access);
        this.following = new Following(followers, waiting, this::inTransaction, watch);
        this.health = new StoreHealth(engine, access, new FollowerHealth(followers, engine.info(), config.timeout()));
        sessions.whenOutdated(definitions::doubt);
        engine.whenChanged(waiting::changed);
    }

    /** Opens the store that the configuration means. */
    public static Store open(StoreConfig config) {
        Watch watch = new Watch(config);
        return new WatchedStore(
                watch.isOff() ? open(config, watch) : watch.see("open", "", () -> open(config, watch), null), watch);
    }

    private static OpenStore open(StoreConfig config, Watch watch) {
        CheckedEngine engine = Providers.open(config);
        EngineInfo info = engine.info();
        try {
            Retry.untilSerialized("opening", config.timeout(), watch.current(), () -> {
                CopyMark.refuse(engine, info.target());
                return true;
            });
        } catch (RuntimeException | Error e) {
            engine.close();
            throw e;
        }
        LOG.info("Opened {} ({} {})", info.target(), info.name(), info.version());
        return new OpenStore(engine, config, watch);
    }

    @Override
    public <T> DocumentCollection<T> collection(Schema<T> schema) {
        access.requireOpen();
        Mapping<T> mapping = definitions.define(schema);
        removing.used(mapping.definition());
        return new WatchedCollection<>(mapping, access);
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R transaction(TransactionFunction<R, X> function)
            throws X {
        Objects.requireNonNull(function, "function");
        return this.<R, X>inTransaction((tx, session) -> function.run(tx));
    }

    private <R extends @Nullable Object, X extends Exception> R inTransaction(Transactions.Work<R, X> work) throws X {
        RunningTransaction.Actions afterCommit = new RunningTransaction.Actions();
        R result = sessions.run(SessionMode.TRANSACTION, session -> {
            afterCommit.clear();
            return work.run(new RunningTransaction(session, definitions, afterCommit), session);
        });
        afterCommit.run();
        return result;
    }

    @Override
    public <X extends Exception> void runTransaction(TransactionAction<X> action) throws X {
        Objects.requireNonNull(action, "action");
        this.<Boolean, X>transaction(tx -> {
            action.run(tx);
            return true;
        });
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R snapshot(SnapshotFunction<R, X> function) throws X {
        Objects.requireNonNull(function, "function");
        return sessions.run(SessionMode.SNAPSHOT, session -> function.run(new SnapshotView(session, definitions)));
    }

    @Override
    public <X extends Exception> boolean step(String name, TransactionAction<X> work) throws X {
        return steps.run(name, work);
    }

    @Override
    public <T, X extends Exception> boolean step(String name, Schema<T> over, StepFunction<T, X> work) throws X {
        return steps.run(name, over, work);
    }

    @Override
    public List<StepSummary> steps() {
        return steps.all();
    }

    @Override
    public ChangeFeed changes(Schema<?> first, Schema<?>... more) {
        return feed(first, more);
    }

    private Feed feed(Schema<?> first, Schema<?>... more) {
        access.requireOpen();
        SortedMap<String, Mapping<?>> mappings = new TreeMap<>();
        List<Schema<?>> schemas = new ArrayList<>();
        schemas.add(first);
        schemas.addAll(Arrays.asList(more));
        for (Schema<?> schema : schemas) {
            Objects.requireNonNull(schema, "schema");
            if (schema.changes().isEmpty()) {
                throw new SchemaException("Schema '" + schema.name() + "' keeps no changes. Declare that it does, by"
                        + " Schema.changes(retention), and raise its revision if the collection is there already.");
            }
            Mapping<?> mapping = definitions.define(schema);
            removing.used(mapping.definition());
            if (mappings.put(schema.name(), mapping) != null) {
                throw new IllegalArgumentException("The feed names the collection '" + schema.name() + "' twice.");
            }
        }
        return new Feed(engine, access, waiting, List.copyOf(mappings.values()));
    }

    @Override
    public <X extends Exception> void follow(String name, ChangeFeed feed, ChangeAction<X> action) throws X {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(feed, "feed");
        Objects.requireNonNull(action, "action");
        if (!(feed instanceof Feed ours) || !ours.isOf(engine)) {
            throw new IllegalArgumentException(
                    "The feed is not one of this store's. Follow what store.changes returns.");
        }
        following.run(name, ours, action);
    }

    @Override
    public boolean unfollow(String name) {
        return followers.forget(Objects.requireNonNull(name, "name"));
    }

    @Override
    public List<FollowerSummary> followers() {
        return followers.all();
    }

    @Override
    public Instant now() {
        return Micros.toInstant(access.call("question for the time", engine::now));
    }

    @Override
    public long removeExpired() {
        long removed = 0;
        for (CollectionDefinition collection : access.call("question for the collections", engine::definitions)) {
            long step = collection.expiry() == null ? 0 : EXPIRED_STEP;
            while (step == EXPIRED_STEP) {
                step = access.call("removal of what has expired", () -> engine.removeExpired(collection, EXPIRED_STEP));
                removed += step;
            }
        }
        return removed;
    }

    @Override
    public boolean drop(String collection) {
        return removing.drop(collection);
    }

    @Override
    public boolean rename(String collection, String newName) {
        return removing.rename(collection, newName);
    }

    @Override
    public List<Tombstone> tombstones() {
        return tombstones.all();
    }

    @Override
    public long maxBodyBytes() {
        return maxBodyBytes;
    }

    @Override
    public CopyResult exportTo(Path file, CopyOptions options) {
        return copying(() -> Moves.exportTo(file, engine, options));
    }

    @Override
    public CopyResult exportTo(OutputStream stream, CopyOptions options) {
        return copying(() -> Moves.exportTo(stream, engine, options));
    }

    @Override
    public void backup(Path file, boolean overwrite) {
        access.call("backup", () -> {
            engine.backup(file, overwrite);
            return true;
        });
    }

    private <R> R copying(Supplier<R> work) {
        sessions.refuseInside();
        gate.enter();
        try {
            return work.get();
        } finally {
            gate.leave();
        }
    }

    @Override
    public Health health() {
        gate.enter();
        try {
            return health.check();
        } finally {
            gate.leave();
        }
    }

    @Override
    public List<CollectionSummary> summaries() {
        return sessions.run(
                SessionMode.SNAPSHOT,
                session -> session.read(reads -> reads.definitions().stream()
                        .filter(one -> !CopyMark.isMark(one) && !StepMark.isOf(one) && !FollowerMark.isOf(one))
                        .map(one -> new CollectionSummary(
                                one.name(), one.revision(), reads.count(one, Condition.EVERYTHING), one.text()))
                        .toList()));
    }

    @Override
    public Set<Capability> capabilities() {
        return engine.info().capabilities();
    }

    @Override
    public void close() {
        sessions.refuseInside();
        waiting.close();
        if (gate.close()) {
            engine.close();
            LOG.debug("Closed {}", engine.info().target());
        }
    }

    /** Shows which database it is, without secrets. */
    @Override
    public String toString() {
        return "Store[" + engine.info().target() + "]";
    }
}
