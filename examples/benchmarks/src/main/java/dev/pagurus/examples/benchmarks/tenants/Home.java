package dev.pagurus.examples.benchmarks.tenants;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Where the tenants' documents are. */
final class Home implements AutoCloseable {

    /** A document of a tenant has its number as its id, and the tenant before it if others have theirs there too. */
    private interface Ids {
        String of(int tenant, int number);
    }

    private final List<Store> stores = new ArrayList<>();
    private final List<DocumentCollection<Letter>> letters = new ArrayList<>();
    private final Ids ids;
    private final double openMicros;

    private Home(List<String> urls, Schema<Letter> schema, Ids ids) {
        this.ids = ids;
        for (String url : urls) {
            Store store = Stores.open(url);
            stores.add(store);
            letters.add(store.collection(schema));
        }
        this.openMicros = reopen(urls);
    }

    /** A store for each. */
    static Home ofStores(IntFunction<String> url, int tenants) {
        return new Home(
                IntStream.range(0, tenants).mapToObj(url).toList(), Letter.OWN, (tenant, number) -> "n" + number);
    }

    /** One store for all. */
    static Home ofOne(String url) {
        return new Home(List.of(url), Letter.OF_ALL, (tenant, number) -> Letter.name(tenant) + "/n" + number);
    }

    /** Opens all once more beside the open ones, and says how long one takes. */
    private static double reopen(List<String> urls) {
        List<Store> again = new ArrayList<>();
        long started = System.nanoTime();
        for (String url : urls) {
            again.add(Stores.open(url));
        }
        double micros = (System.nanoTime() - started) / 1000.0 / urls.size();
        again.forEach(Store::close);
        return micros;
    }

    private DocumentCollection<Letter> of(int tenant) {
        return letters.size() == 1 ? letters.get(0) : letters.get(tenant);
    }

    void fill(int tenant, int documents) {
        SplittableRandom random = new SplittableRandom(tenant);
        int[] next = {0};
        of(tenant)
                .insertAll(
                        IntStream.range(0, documents).mapToObj(number -> Letter.any(tenant, random)),
                        letter -> ids.of(tenant, next[0]++),
                        OnConflict.FAIL);
    }

    void put(int tenant, int number, SplittableRandom random) {
        of(tenant).put(ids.of(tenant, number), Letter.any(tenant, random));
    }

    void get(int tenant, int number) {
        if (of(tenant).get(ids.of(tenant, number)).isEmpty()) {
            throw new IllegalStateException("A letter of " + Letter.name(tenant) + " is gone.");
        }
    }

    double openMicros() {
        return openMicros;
    }

    @Override
    public void close() {
        stores.forEach(Store::close);
    }
}
