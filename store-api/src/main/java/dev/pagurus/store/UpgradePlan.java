package dev.pagurus.store;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the documents of one stored definition by the upgrades of a schema, and how to see that nothing of them is
 * lost. Made by the store once for each change of a collection; an application has {@link Schema#upgrades()} for its tests.
 */
public final class UpgradePlan {

    private final Upgrades upgrades;
    private final int from;
    private final @Nullable ShapePaths stored;
    private final @Nullable ShapePaths wanted;
    private final boolean rereads;
    private final Set<Integer> unknown = new LinkedHashSet<>();

    /**
     * Makes one.
     *
     * @param from the stored revision
     * @param shape what is stored of the shape, null if that is not known
     * @param codec the one of the new revision
     * @throws SchemaException if none begins from there, or a path names a subtype where that cannot be told
     */
    public UpgradePlan(Upgrades upgrades, int from, @Nullable String shape, Codec<?> codec) {
        this.from = from;
        this.stored = ShapePaths.of(shape);
        String written = codec.shape();
        this.wanted = ShapePaths.of(written);
        @Nullable ShapePaths carried = ShapePaths.of(shape);
        this.upgrades = upgrades.told(from, (number, steps) -> steps.told(number == from ? carried : null, wanted));
        boolean throughFunction = false;
        for (int number = from; number < upgrades.end(); number++) {
            Upgrade function = upgrades.function(number);
            if (function instanceof JsonUpgrade steps && carried != null) {
                Set<Integer> missing = steps.carry(carried);
                // Only of the stored revision it is known what its documents may have: a later one may have brought
                // more.
                if (number == from && !throughFunction) {
                    unknown.addAll(missing);
                }
            }
            throughFunction |= !(function instanceof JsonUpgrade) && function != Upgrade.NONE;
        }
        this.rereads = written != null
                && (wanted == null
                        || carried == null
                        || !isStrict(codec)
                        || carried.differsIn(wanted, throughFunction));
    }

    private static boolean isStrict(Codec<?> codec) {
        try {
            return codec instanceof JacksonCodec<?> json && json.isStrict();
        } catch (LinkageError e) {
            return false;
        }
    }

    /** Returns the stored revision. */
    public int from() {
        return from;
    }

    /** Returns what becomes of a body, as {@link Upgrades#apply} does. */
    public String apply(String body) {
        return upgrades.apply(from, body);
    }

    /** Returns what functions leave out of a body and do not name, as {@link Upgrades#leftOut} does. */
    public Set<String> leftOut(String body) {
        return upgrades.leftOut(from, body);
    }

    /**
     * Says whether the codec might lose what it reads without a word, so that each body must be held against what it writes:
     * a property is of another kind, it is not one of ours, or it is not known what wrote the bodies.
     */
    public boolean rereads() {
        return rereads;
    }

    /** Returns the paths of what a body holds and is not there when it was read and written again. */
    public static Set<String> lost(String body, String again) {
        try {
            return body.equals(again) ? Set.of() : JsonLoss.between(body, again);
        } catch (LinkageError e) {
            return Set.of();
        }
    }

    /** Returns which steps of the first upgrade work on a path that no document has, by the shape that is stored. */
    public Set<Integer> unknownSteps() {
        return Set.copyOf(unknown);
    }

    /** Takes the steps that a body has something for out of others. */
    public void meet(String body, Set<Integer> steps) {
        if (upgrades.function(from) instanceof JsonUpgrade json) {
            json.meet(body, steps);
        }
    }

    /** Says of steps that they work on nothing. */
    public String told(Set<Integer> steps) {
        return stored != null && upgrades.function(from) instanceof JsonUpgrade json
                ? "upgrade(" + from + ", ...) has " + json.shown(steps, stored) + "."
                : "";
    }

    /** Returns a path as the shapes have it: {} for whatever key a map has. */
    public String normal(String path) {
        try {
            String normal = wanted == null ? path : wanted.normal(path);
            return stored == null ? normal : stored.normal(normal);
        } catch (SchemaException e) {
            return path;
        }
    }

    /** Returns the number of the upgrade that makes a property; 0 if none does. */
    public int maker(String path) {
        for (int number = from; number < upgrades.end(); number++) {
            if (upgrades.function(number) instanceof JsonUpgrade steps && steps.makes(path)) {
                return number;
            }
        }
        return 0;
    }

    /**
     * Refuses a text that a codec of JSON would read otherwise than another reader: it has a property twice, or half a
     * character.
     *
     * @throws SchemaException if it is one
     */
    public static void requireSound(Codec<?> codec, String text) {
        try {
            if (codec instanceof JacksonCodec<?>) {
                JsonText.of(text);
            }
        } catch (LinkageError e) {
            // Then it is not of Jackson either.
        }
    }
}
