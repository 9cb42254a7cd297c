package dev.pagurus.store.tck.paths;

import dev.pagurus.store.tck.samples.Hazards;
import dev.pagurus.store.tck.samples.Item;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Draws parcels whose unique values no other one has, though most of them look like another one's. */
final class Parcels {

    /** More documents than these are smaller ones, of which few have a unique value: a store may compare each with all. */
    private static final int FEW = 400;

    private static final int TAGS_OF_MANY = 6;

    private final Random random;
    private final Hazards hazards;
    private final Set<String> codes = new HashSet<>();
    private final Routes routes;
    private final Set<Long> seals = new HashSet<>();
    private String lastCode = "code";
    private long lastSeal = 1L << 62;

    Parcels(Random random) {
        this.random = random;
        this.hazards = new Hazards(random);
        this.routes = new Routes(random, hazards);
    }

    Hazards hazards() {
        return hazards;
    }

    /** Returns so many, by ids that look like each other. */
    Map<String, Parcel> some(int count) {
        return of(hazards.ids(count));
    }

    /** Returns one for each id, in this order; the body of the first is long. */
    Map<String, Parcel> of(List<String> ids) {
        Map<String, Parcel> parcels = new LinkedHashMap<>();
        for (String id : ids) {
            if (parcels.isEmpty()) {
                Parcel one = one();
                parcels.put(id, one.withItem(one.item().withPayload(hazards.payload(Hazards.LONG_BODY))));
                continue;
            }
            parcels.put(
                    id, ids.size() <= FEW ? one() : random.nextInt(ids.size()) < FEW / 4 ? unique(small()) : small());
        }
        return parcels;
    }

    /** Returns one; two in three have a code, as many a seal, and as many a route. */
    Parcel one() {
        return new Parcel(hazards.item(), null, Parcel.Route.NONE)
                .withCode(random.nextInt(3) == 0 ? null : code())
                .withSeal(random.nextInt(3) == 0 ? null : seal())
                .withRoute(random.nextInt(3) == 0 ? Parcel.Route.NONE : routes.next());
    }

    /** Returns the same with unique values that nobody has had. */
    Parcel unique(Parcel parcel) {
        return parcel.withCode(code()).withSeal(seal()).withRoute(routes.nextWhole());
    }

    /** Returns one with few tags and nothing unique. */
    Parcel small() {
        Item item = hazards.item();
        Set<String> tags = item.tags();
        return new Parcel(
                tags != null && tags.size() > TAGS_OF_MANY ? item.withTags(Set.of("one of many")) : item,
                null,
                Parcel.Route.NONE);
    }

    private String code() {
        while (true) {
            @Nullable String text = random.nextInt(3) == 0 ? hazards.text() : hazards.textThatIsNot(lastCode);
            if (text != null && codes.add(text)) {
                lastCode = text;
                return text;
            }
        }
    }

    private Long seal() {
        while (true) {
            Long number = hazards.number();
            int which = number == null ? 2 : random.nextInt(4);
            // The edges are few: far more parcels than these need others, and one in four is one more than the one
            // before.
            long other = which == 0 ? 0 : random.nextLong();
            long seal = which == 0 && number != null ? number : which == 1 ? lastSeal + 1 : other;
            if (seals.add(seal)) {
                lastSeal = seal;
                return seal;
            }
        }
    }
}
