package dev.pagurus.store.tck.paths;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;

/** Values that nearly are others: one more or less, or what a narrower type would make of them. */
final class Near {

    private final Random random;

    Near(Random random) {
        this.random = random;
    }

    Long of(Long number) {
        return switch (random.nextInt(4)) {
            case 0 -> number + 1;
            case 1 -> number - 1;
            case 2 -> (long) number.intValue();
            default -> (long) number.doubleValue();
        };
    }

    Double of(Double real) {
        return switch (random.nextInt(4)) {
            case 0 -> Math.nextUp(real);
            case 1 -> Math.nextDown(real);
            case 2 -> (double) real.floatValue();
            default -> Math.rint(real);
        };
    }

    Instant of(Instant time) {
        return switch (random.nextInt(4)) {
            case 0 -> time.plus(1, ChronoUnit.MICROS);
            case 1 -> time.minus(1, ChronoUnit.MICROS);
            case 2 -> time.truncatedTo(ChronoUnit.MILLIS);
            default -> time.plusNanos(1);
        };
    }
}
