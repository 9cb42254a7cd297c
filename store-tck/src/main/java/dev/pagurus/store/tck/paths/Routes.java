package dev.pagurus.store.tck.paths;

import dev.pagurus.store.TextField;
import dev.pagurus.store.tck.paths.Parcel.Route;
import dev.pagurus.store.tck.samples.Hazards;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Draws pairs of texts that nobody has had, and that are the same to who makes one key of two values: by putting one behind
 * the other, with something in between or not, by taking the beginning of each, or without looking which is which.
 */
final class Routes {

    private static final Route FIRST = new Route("a", "bc");

    /** What authors put between two values. */
    private static final List<String> BETWEEN =
            List.of("", "|", ",", ":", "/", "-", "_", " ", "\t", "\u0001", "\u001F");

    private static final int HALF = TextField.MAX_BYTES / 2;

    private final Random random;
    private final Hazards hazards;
    private final Set<Route> drawn = new HashSet<>();
    private final Deque<Route> next = new ArrayDeque<>();
    private Route last = FIRST;

    Routes(Random random, Hazards hazards) {
        this.random = random;
        this.hazards = hazards;
    }

    /** Returns one that nobody has had, or that is not whole. */
    Route next() {
        while (true) {
            if (next.isEmpty()) {
                think();
            }
            Route route = next.pop();
            if (!route.isWhole()) {
                return route;
            }
            if (drawn.add(route)) {
                last = route;
                return route;
            }
        }
    }

    /** Returns a whole one that nobody has had. */
    Route nextWhole() {
        while (true) {
            Route route = next();
            if (route.isWhole()) {
                return route;
            }
        }
    }

    /** Some that are alike come one after the other. */
    private void think() {
        String from = shortened(last.from());
        String to = shortened(last.to());
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> {
                // To move what stands between the two makes others of them, with the same whole.
                String between = BETWEEN.get(random.nextInt(BETWEEN.size()));
                String middle = hazards.textThatIsNot("b");
                next.add(new Route(from, shortened(middle) + between + to));
                next.add(new Route(from + between + shortened(middle), to));
            }
            case 3 -> {
                next.add(new Route(from, hazards.textThatIsNot(to)));
                next.add(new Route(hazards.textThatIsNot(from), to));
            }
            case 4 -> next.add(new Route(to, from));
            case 5 -> next.add(new Route(from, from));
            case 6 -> next.add(random.nextBoolean() ? new Route(from, null) : new Route(null, to));
            default -> next.add(new Route(hazards.text(), hazards.text()));
        }
    }

    /** Leaves room for more. */
    private static String shortened(@Nullable String text) {
        return text == null || text.getBytes(StandardCharsets.UTF_8).length > HALF / 2 ? "a" : text;
    }
}
