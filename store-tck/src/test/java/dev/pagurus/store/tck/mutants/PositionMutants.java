package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.ChangeLog.Feed;
import dev.pagurus.store.tck.reference.Changes;
import dev.pagurus.store.tck.reference.Feeds;
import dev.pagurus.store.tck.reference.State;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Group F: what is kept and forgotten, and who may go on from where. */
final class PositionMutants {

    private PositionMutants() {}

    @Breaks(Clause.F12)
    static Mutant pruningOvertakesTheRetention() {
        return Mutant.changes(new Changes() {
            @Override
            public void forget(State draft, LongSupplier now) {
                super.forget(draft, now);
                super.forget(draft, () -> now.getAsLong() + TimeUnit.HOURS.toMicros(2));
            }
        });
    }

    @Breaks(Clause.F13)
    static Mutant nothingIsEverForgotten() {
        return Mutant.changes(new Changes() {
            @Override
            public void forget(State draft, LongSupplier now) {
                // It grows.
            }
        });
    }

    @Breaks(Clause.F13)
    static Mutant whatIsForgottenIsPassedOver() {
        return ChangeMutants.feeds(new Feeds() {
            @Override
            public void requireKnown(String collection, Feed feed, Place place) {
                // Whoever was away too long goes on.
            }
        });
    }

    @Breaks({Clause.F14, Clause.F15})
    static Mutant aFeedHasNoIdentity() {
        return ChangeMutants.feeds(new Feeds() {
            @Override
            public void requireLives(String lives, Place place) {
                // One is like another.
            }
        });
    }

    @Breaks(Clause.F15)
    static Mutant aFeedThatIsGivenUpKeepsItsIdentity() {
        return Mutant.source("tck/reference/ChangeLog", "            feeds.remove(collection);\n", "");
    }

    @Breaks(Clause.F16)
    static Mutant aPositionTellsOfNothing() {
        return ChangeMutants.feeds(new Feeds() {
            @Override
            public void requireEvidence(State state, List<CollectionDefinition> collections, Place place) {
                // A number is a number.
            }
        });
    }

    @Breaks(Clause.F17)
    static Mutant damageOfAPositionIsNotLookedFor() {
        return Mutant.source(
                "internal/changes/Position",
                "if (end < 1 || ByteBuffer.wrap(bytes, end, CHECKSUM_BYTES).getInt() != checksum(Arrays.copyOf(bytes, end))) {",
                "if (end < 1 || ByteBuffer.wrap(bytes, end, CHECKSUM_BYTES).getInt() == 1) {");
    }

    @Breaks(Clause.F18)
    static Mutant aRenamedCollectionBeginsAnew() {
        return Mutant.changes(new Changes() {
            @Override
            public void rename(State draft, String name, String newName, String target) {
                super.rename(draft, name, newName, target);
                Feed feed = draft.log().feed(newName);
                if (feed != null) {
                    draft.changingLog().keep(newName, null);
                    draft.changingLog().keep(newName, feed.retention());
                }
            }
        });
    }

    @Breaks(Clause.F18)
    static Mutant anotherRetentionBeginsAnew() {
        return Mutant.changes(new Changes() {
            @Override
            public void define(State draft, CollectionDefinition wanted, Filler filler) {
                Feed feed = draft.log().feed(wanted.name());
                if (feed != null && !feed.retention().equals(wanted.retention())) {
                    draft.changingLog().keep(wanted.name(), null);
                }
                super.define(draft, wanted, filler);
            }
        });
    }

    @Breaks(Clause.F19)
    static Mutant theRetentionIsNoPartOfTheDefinition() {
        return Mutant.source(
                "spi/CollectionDefinition",
                "                && Objects.equals(retention, other.retention)\n                && Objects.equals(expiry",
                "                && Objects.equals(expiry");
    }
}
