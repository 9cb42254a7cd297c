package dev.pagurus.examples.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.examples.jobs.Job.Priority;
import dev.pagurus.examples.jobs.Job.State;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the README shows. */
@Timeout(60)
class UseTest {

    record Mail(String to, String text) {}

    record Invoice(String customer, long cents) {}

    record Balance(long cents) {}

    private static final Schema<Invoice> INVOICES = Schema.of("invoices", Invoice.class);
    private static final Schema<Balance> BALANCES = Schema.of("balances", Balance.class);

    @TempDir
    private Path directory;

    private final List<Mail> sent = new CopyOnWriteArrayList<>();

    private void send(Mail mail) {
        sent.add(mail);
    }

    private static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @EnumSource
    void inAnApplication(TestStore kind) {
        String url = kind.url(directory);
        try (Store store = Stores.open(url)) {
            Jobs jobs = new Jobs(store);
            Workers workers = Workers.of(jobs)
                    .threads(8)
                    .on("mail", job -> send(job.payload(Mail.class)))
                    .start();

            jobs.enqueue(NewJob.of("mail", new Mail("ann@example.com", "Welcome!"))
                    .key("welcome ann")
                    .priority(Priority.HIGH));
            until(() -> !sent.isEmpty());
            workers.close();
        }
        assertThat(sent).containsExactly(new Mail("ann@example.com", "Welcome!"));
    }

    @ParameterizedTest
    @EnumSource
    void effectsThatHappenOnce(TestStore kind) {
        try (Store store = Stores.open(kind.url(directory))) {
            store.collection(INVOICES);
            store.collection(BALANCES).put("ann", new Balance(10_000));
            Jobs jobs = new Jobs(store);
            Invoice invoice = new Invoice("ann", 2_500);

            store.runTransaction(tx -> {
                String id = tx.collection(INVOICES).insert(invoice).id();
                jobs.enqueue(tx, NewJob.of("book", invoice).key(id)); // there if the invoice is
            });

            try (Workers workers = Workers.of(jobs)
                    .on("book", job -> {
                        Invoice booked = job.payload(Invoice.class);
                        job.finish(tx -> tx.collection(BALANCES)
                                .update(booked.customer(), old -> new Balance(old.cents() - booked.cents())));
                    })
                    .start()) {
                until(() -> jobs.overview().count(State.DONE) == 1);
                assertThat(workers).isNotNull();
            }
            assertThat(store.collection(BALANCES).get("ann").orElseThrow().value())
                    .isEqualTo(new Balance(7_500));
        }
    }

    @Test
    void schedules() {
        try (Store store = Stores.open(TestStore.SQLITE.url(directory))) {
            Jobs jobs = new Jobs(store);

            Schedules schedules = new Schedules(jobs);
            schedules.set(
                    "report",
                    "30 2 * * 1-5",
                    ZoneId.of("Europe/Berlin"),
                    NewJob.ofJson("report", "{}").key("report"));
            schedules.set("forget", "0 4 * * *", ZoneId.of("UTC"), NewJob.ofJson("forget", "{}"));
            Workers workers = Workers.of(jobs)
                    .on("forget", job -> jobs.forget(job.due().minus(Duration.ofDays(7))))
                    .start();

            assertThat(schedules.next("report").orElseThrow()).isAfter(store.now());
            workers.close();
        }
    }
}
