package dev.pagurus.store.internal.copy;

import dev.pagurus.store.CopyResult;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.spi.CollectionDefinition;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads collections of a source through, one after the other, on a thread of its own: the target is read meanwhile. Until this
 * is closed, the source is nobody else's.
 */
final class SourceHashes implements AutoCloseable {

    private static final long RENEW_MILLIS = 500;

    private final Map<String, CompletableFuture<CopyResult.Collection>> hashes;
    private final CompletableFuture<?> all;
    private volatile boolean stopped;

    SourceHashes(CopySource source, List<CollectionDefinition> collections) {
        hashes = collections.stream()
                .collect(Collectors.toMap(
                        CollectionDefinition::name, one -> new CompletableFuture<CopyResult.Collection>()));
        Function<Runnable, Thread> thread = work -> new Thread(work, "Pagurus reads the source");
        all = collections.isEmpty()
                ? CompletableFuture.completedFuture(true)
                : CompletableFuture.runAsync(
                        () -> read(source, collections),
                        work -> thread.apply(work).start());
    }

    private void read(CopySource source, List<CollectionDefinition> collections) {
        CopyWatch watch = CopyWatch.silent();
        for (CollectionDefinition collection : collections) {
            CompletableFuture<CopyResult.Collection> hash = Objects.requireNonNull(hashes.get(collection.name()));
            try {
                hash.complete(StateCopy.hash(source, collection, Set.of(), watch, this::requireWanted));
            } catch (RuntimeException | Error e) {
                hashes.values().forEach(one -> one.completeExceptionally(e));
                return;
            }
        }
    }

    private void requireWanted() {
        if (stopped) {
            throw new CancellationException("The comparison has ended.");
        }
    }

    /** Returns what a collection holds, and does something now and then while that is not known. */
    CopyResult.Collection of(String collection, Runnable meanwhile) {
        CompletableFuture<CopyResult.Collection> hash = Objects.requireNonNull(hashes.get(collection));
        while (true) {
            try {
                return hash.get(RENEW_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                meanwhile.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UnavailableException("The thread was interrupted.", e);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) e.getCause();
            }
        }
    }

    /** Waits until the source is not used any more. */
    @Override
    public void close() {
        stopped = true;
        all.handle((done, failure) -> true).join();
    }
}
