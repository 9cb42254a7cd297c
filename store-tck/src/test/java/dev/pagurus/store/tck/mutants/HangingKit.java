package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.StoreTck;
import dev.pagurus.store.tck.reference.ReferenceProvider;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A program that runs a group of the kit and never comes to its end: the last of its four databases cannot be had. */
final class HangingKit {

    static final String NAME = "hanging";
    static final String HANGS = "The kit hangs now.";

    private static final int DATABASES = 4;

    private HangingKit() {}

    public static void main(String[] arguments) {
        LauncherFactory.create()
                .execute(LauncherDiscoveryRequestBuilder.request()
                        .selectors(DiscoverySelectors.selectNestedClass(
                                List.of(Acme.class.getName()), StoreTck.class.getName() + "$Ids"))
                        .build());
    }

    static final class Acme extends StoreTck {

        private static final AtomicInteger ASKED = new AtomicInteger();

        @Override
        protected StoreFixture fixture() {
            return new ReferenceFixture(NAME, PROVIDER) {
                @Override
                public StoreConfig.Builder newDatabase() {
                    if (ASKED.incrementAndGet() == DATABASES) {
                        System.out.println(HANGS);
                        hang();
                    }
                    return super.newDatabase();
                }
            };
        }

        private static final ReferenceProvider PROVIDER = new ReferenceProvider();

        private static void hang() {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
