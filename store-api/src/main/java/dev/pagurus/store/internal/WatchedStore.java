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
import dev.pagurus.store.StepSummary;
import dev.pagurus.store.Store;
import dev.pagurus.store.Tombstone;
import dev.pagurus.store.internal.watch.Watch;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A store with each call seen; what a call does stands in {@link OpenStore}. Pages of feeds, and those that followers take in,
 * are seen in {@code changes}.
 */
record WatchedStore(OpenStore plain, Watch watch) implements Store {

    private <R> R see(String operation, String collection, Supplier<R> call, ToLongFunction<? super R> rows) {
        return watch.see(operation, collection, call::get, rows);
    }

    private <R> R see(String operation, Supplier<R> call) {
        return watch.see(operation, "", call::get, null);
    }

    /** Most of the time all is known, and nothing is asked of the database. */
    private <R> R seeIfAsked(@Nullable Schema<?> schema, Supplier<R> call) {
        return watch.see(
                "collection",
                schema == null ? "" : schema.name(),
                () -> {
                    R handle = call.get();
                    watch.forgetUnlessAsked();
                    return handle;
                },
                null);
    }

    @Override
    public <T> DocumentCollection<T> collection(Schema<T> schema) {
        return watch.isOff() ? plain.collection(schema) : seeIfAsked(schema, () -> plain.collection(schema));
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R transaction(TransactionFunction<R, X> function)
            throws X {
        return watch.isOff()
                ? plain.transaction(function)
                : watch.<R, X>see("transaction", "", () -> plain.transaction(function), null);
    }

    @Override
    public <X extends Exception> void runTransaction(TransactionAction<X> action) throws X {
        if (watch.isOff()) {
            plain.runTransaction(action);
            return;
        }
        watch.<Boolean, X>see(
                "transaction",
                "",
                () -> {
                    plain.runTransaction(action);
                    return true;
                },
                null);
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R snapshot(SnapshotFunction<R, X> function) throws X {
        return watch.isOff()
                ? plain.snapshot(function)
                : watch.<R, X>see("snapshot", "", () -> plain.snapshot(function), null);
    }

    @Override
    public <X extends Exception> boolean step(String name, TransactionAction<X> work) throws X {
        return watch.isOff()
                ? plain.step(name, work)
                : watch.<Boolean, X>see("step", "", () -> plain.step(name, work), null);
    }

    @Override
    public <T, X extends Exception> boolean step(String name, Schema<T> over, StepFunction<T, X> work) throws X {
        return watch.isOff()
                ? plain.step(name, over, work)
                : watch.<Boolean, X>see(
                        "step", over == null ? "" : over.name(), () -> plain.step(name, over, work), null);
    }

    @Override
    public List<StepSummary> steps() {
        return watch.isOff() ? plain.steps() : see("steps", plain::steps);
    }

    @Override
    public ChangeFeed changes(Schema<?> first, Schema<?>... more) {
        return watch.isOff() ? plain.changes(first, more) : seeIfAsked(first, () -> plain.changes(first, more));
    }

    @Override
    public <X extends Exception> void follow(String name, ChangeFeed feed, ChangeAction<X> action) throws X {
        plain.follow(name, feed, action);
    }

    @Override
    public boolean unfollow(String name) {
        return watch.isOff() ? plain.unfollow(name) : see("unfollow", () -> plain.unfollow(name));
    }

    @Override
    public List<FollowerSummary> followers() {
        return watch.isOff() ? plain.followers() : see("followers", plain::followers);
    }

    @Override
    public Instant now() {
        return watch.isOff() ? plain.now() : see("now", plain::now);
    }

    @Override
    public long removeExpired() {
        return watch.isOff()
                ? plain.removeExpired()
                : see("removeExpired", "", plain::removeExpired, removed -> removed);
    }

    @Override
    public boolean drop(String collection) {
        return watch.isOff() ? plain.drop(collection) : see("drop", () -> plain.drop(collection));
    }

    @Override
    public boolean rename(String collection, String newName) {
        return watch.isOff()
                ? plain.rename(collection, newName)
                : see("rename", () -> plain.rename(collection, newName));
    }

    @Override
    public List<Tombstone> tombstones() {
        return watch.isOff() ? plain.tombstones() : see("tombstones", plain::tombstones);
    }

    @Override
    public long maxBodyBytes() {
        return plain.maxBodyBytes();
    }

    @Override
    public CopyResult exportTo(Path file, CopyOptions options) {
        return watch.isOff()
                ? plain.exportTo(file, options)
                : see("exportTo", "", () -> plain.exportTo(file, options), Watch::documents);
    }

    @Override
    public CopyResult exportTo(OutputStream stream, CopyOptions options) {
        return watch.isOff()
                ? plain.exportTo(stream, options)
                : see("exportTo", "", () -> plain.exportTo(stream, options), Watch::documents);
    }

    @Override
    public void backup(Path file, boolean overwrite) {
        if (watch.isOff()) {
            plain.backup(file, overwrite);
            return;
        }
        see("backup", () -> {
            plain.backup(file, overwrite);
            return true;
        });
    }

    @Override
    public Health health() {
        return watch.isOff() ? plain.health() : see("health", plain::health);
    }

    @Override
    public List<CollectionSummary> summaries() {
        return watch.isOff() ? plain.summaries() : see("summaries", plain::summaries);
    }

    @Override
    public Set<Capability> capabilities() {
        return plain.capabilities();
    }

    @Override
    public void close() {
        if (watch.isOff()) {
            plain.close();
            return;
        }
        see("close", () -> {
            plain.close();
            return true;
        });
        watch.close();
    }

    @Override
    public String toString() {
        return plain.toString();
    }
}
