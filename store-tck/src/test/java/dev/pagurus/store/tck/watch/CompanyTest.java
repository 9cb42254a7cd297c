package dev.pagurus.store.tck.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.tck.group.Race;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Tests that run beside each other leave nothing either, and those that must be alone are. */
@Timeout(60)
class CompanyTest {

    @TempDir
    Path directory;

    private final Company company = new Company();

    @Test
    @EnabledOnOs(OS.LINUX) // elsewhere there is no /proc to look at
    void whatOneOfSeveralLeavesIsFoundWhenTheLastHasEnded() throws Exception {
        begin("one");
        begin("two");
        Path file = Files.writeString(directory.resolve("left.db"), "");
        try (InputStream left = Files.newInputStream(file)) {
            Objects.requireNonNull(left);
            company.leave("one", List.of(directory), true);
            assertThatThrownBy(() -> company.leave("two", List.of(), true), "the end of the last one")
                    .isInstanceOf(LeftBehind.class)
                    .hasMessageContainingAll("left.db", "2 tests");
            begin("whoever comes after them");
            begin("and beside him");
            company.leave("and beside him", List.of(directory), true);
            company.leave("whoever comes after them", List.of(directory), true);
        }
    }

    @Test
    void nothingRunsBesideOneThatMustBeAlone() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicBoolean disturbed = new AtomicBoolean();
        Race.run(4, number -> {
            for (int i = 0; i < 2000; i++) {
                boolean alone = number == 0;
                String test = number + " " + i;
                company.enter(test, alone);
                int now = running.incrementAndGet();
                company.remember();
                if (alone && (now != 1 || !company.isAlone() || running.get() != 1)) {
                    disturbed.set(true);
                }
                running.decrementAndGet();
                company.leave(test, List.of(), false);
            }
        });
        assertThat(disturbed).as("whether one that must be alone was not").isFalse();
    }

    @Test
    void anotherRunIsNoticed() throws Exception {
        begin("one");
        begin("two");
        assertThat(company.isOfOneRun()).as("nobody else yet").isTrue();
        Company other = new Company();
        other.enter("of another run", false);
        assertThat(company.isOfOneRun()).as("somebody else").isFalse();
        assertThat(other.isAlone()).as("the other is alone").isFalse();
        other.leave("of another run", List.of(), true);
        assertThat(company.isOfOneRun()).as("nobody else was there").isFalse();
        company.leave("one", List.of(), true);
        company.leave("two", List.of(), true);
        begin("three");
        assertThat(company.isAlone()).as("somebody else, long ago").isTrue();
        company.leave("three", List.of(), true);
    }

    private void begin(String test) throws Exception {
        company.enter(test, false);
        company.remember();
    }
}
