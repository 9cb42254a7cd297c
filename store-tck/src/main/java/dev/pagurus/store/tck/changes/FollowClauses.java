package dev.pagurus.store.tck.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.ChangeFeed;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Health;
import dev.pagurus.store.PositionLostException;
import dev.pagurus.store.Store;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Elsewhere;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Group F: those who follow a feed inside of the store. */
public abstract class FollowClauses extends FollowGroup {

    private static final int DOCUMENTS = 40;

    protected FollowClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.F22)
    void severalOfOneNameTakeInEachChangeOnce() throws Exception {
        Store other = second();
        insert(0, DOCUMENTS / 2);
        List<Elsewhere<Boolean>> followers = List.of(follower(store, 3), follower(other, 2), follower(store, 5));
        insert(DOCUMENTS / 2, DOCUMENTS);
        await("all were taken in", () -> counted().size() == DOCUMENTS);
        for (Elsewhere<Boolean> follower : followers) {
            end(follower);
        }
        assertThat(counted().values())
                .as("how often each document was taken in by followers of one name")
                .containsOnly(1L);
    }

    @Proves(Clause.F23)
    void thePositionIsKeptWithTheEffectsOrNeitherIs() throws Exception {
        insert(0, 3);
        ChangeFeed feed = store.changes(notes);
        IllegalStateException mine = new IllegalStateException("mine");
        IllegalStateException ended = thrown(
                IllegalStateException.class,
                () -> store.follow("counter", feed, (tx, changes) -> {
                    count(tx, changes);
                    throw mine;
                }));
        assertThat(ended).as("what the function threw").isSameAs(mine);
        assertThat(counted()).as("effects of a function that threw").isEmpty();
        for (int begun = 0; begun < 2; begun++) {
            Elsewhere<Boolean> follower = follower(second(), 2);
            String last = "n" + (3 + begun);
            insert(3 + begun, 4 + begun);
            awaitCounted(last);
            end(follower);
        }
        assertThat(counted().values())
                .as("how often each document was taken in by a follower that began again")
                .hasSize(5)
                .containsOnly(1L);
    }

    @Proves(Clause.F23)
    void whoIsForgottenBeginsAnew() throws Exception {
        assertThat(store.unfollow("counter")).as("whether there was one").isFalse();
        insert(0, 2);
        Elsewhere<Boolean> follower = follower(store, 500);
        awaitCounted("n1");
        end(follower);
        assertThat(second().unfollow("counter")).as("whether there was one").isTrue();
        follower = follower(store, 500);
        await("all were taken in twice", () -> counted().equals(Map.of("n0", 2L, "n1", 2L)));
        end(follower);
        assertThat(store.unfollow("another")).as("whether there was another").isFalse();
    }

    @Proves(Clause.F23)
    void whoCannotGoOnIsToldAndMayBeForgotten() throws Exception {
        insert(0, 2);
        Elsewhere<Boolean> follower = follower(store, 500);
        awaitCounted("n1");
        end(follower);
        Store other = second();
        other.collection(itemSchema("notes").revision(2));
        ChangeFeed anew = other.changes(itemSchema("notes").changes(WEEK).revision(3));
        PositionLostException lost = thrown(
                PositionLostException.class,
                () -> other.follow("counter", anew.startWithState(), (tx, changes) -> count(tx, changes)));
        assertThat(lost).as("the message").hasMessageContainingAll("'counter'", "unfollow");
        other.unfollow("counter");
        other.collection(counts);
        Elsewhere<Boolean> again = Elsewhere.start(() -> {
            other.follow("counter", anew.startWithState(), this::count);
            return Thread.currentThread().isInterrupted();
        });
        await("the state was taken in", () -> counted().equals(Map.of("n0", 2L, "n1", 2L)));
        end(again);
    }

    @Proves(Clause.F24)
    void aFollowerThatWaitsIsWoken() throws Exception {
        DocumentCollection<Item> there = second().collection(notes);
        Elsewhere<Boolean> follower = follower(store, 500);
        for (int i = 0; i < 4; i++) {
            notes().insert("own" + i, Item.ofNumber(i));
            awaitCounted("own" + i);
            there.insert("other" + i, Item.ofNumber(i));
            awaitCounted("other" + i);
        }
        store.runTransaction(tx -> tx.collection(notes).insert("last", Item.of("last")));
        awaitCounted("last");
        end(follower);
    }

    @Proves(Clause.F25)
    void anInterruptAndACloseEndAFollower() throws Exception {
        for (int i = 0; i < 3; i++) {
            // Whether it waits already, nobody knows; once it will.
            insert(i, i + 1);
            Elsewhere<Boolean> interrupted = follower(store, 500);
            awaitCounted("n" + i);
            end(interrupted);
        }
        Store other = second();
        Elsewhere<Boolean> closed = follower(other, 500);
        insert(3, 4);
        awaitCounted("n3");
        other.close();
        assertThat(closed.result())
                .as("whether a follower of a closed store is interrupted")
                .isFalse();
        ChangeFeed feed = store.changes(notes);
        assertThat(Elsewhere.<Boolean>call(() -> {
                    Thread.currentThread().interrupt();
                    store.follow("another", feed, this::count);
                    return Thread.currentThread().isInterrupted();
                }))
                .as("whether who is interrupted before it follows keeps the interrupt")
                .isTrue();
        assertThat(counted()).as("effects").isEqualTo(Map.of("n0", 1L, "n1", 1L, "n2", 1L, "n3", 1L));
    }

    @Proves(Clause.F27)
    void itIsToldHowFarFollowersHaveCome() throws Exception {
        assertThat(store.followers()).as("followers, before there was one").isEmpty();
        insert(0, 1);
        Elsewhere<Boolean> follower = follower(store, 500);
        awaitCounted("n0");
        end(follower);
        Store other = second();
        assertThat(other.followers()).as("followers").singleElement().satisfies(one -> {
            assertThat(one.name()).as("the name").isEqualTo("counter");
            assertThat(one.collections()).as("the collections").containsExactly("notes");
            assertThat(one.behindSince()).as("since when it is behind").isNull();
            assertThat(one.lost()).as("whether it cannot go on").isFalse();
        });
        Document<Item> missed = notes().insert("n1", Item.of("missed"));
        insert(2, 4);
        assertThat(other.followers().get(0).behindSince())
                .as("since when it is behind")
                .isEqualTo(missed.createdAt());
        other.collection(itemSchema("notes").revision(2));
        other.collection(itemSchema("notes").changes(WEEK).revision(3));
        assertThat(other.followers().get(0).lost())
                .as("whether it cannot go on, when the feed has begun anew")
                .isTrue();
        other.unfollow("counter");
        assertThat(store.followers()).as("followers, when it is forgotten").isEmpty();
    }

    @Proves(Clause.F27)
    void healthTellsHowFarFollowersHaveCome() throws Exception {
        assertThat(behind(store))
                .as("followers in health, before there was one")
                .isNull();
        insert(0, 1);
        Elsewhere<Boolean> follower = follower(store, 500);
        awaitCounted("n0");
        end(follower);
        Store other = second();
        assertThat(behind(other)).as("followers in health").isEqualTo("'counter' at the end");
        Document<Item> missed = notes().insert("n1", Item.of("missed"));
        insert(2, 4);
        assertThat(behind(other))
                .as("followers in health, when one is behind")
                .isEqualTo("'counter' behind since " + missed.createdAt());
        other.collection(itemSchema("notes").revision(2));
        other.collection(itemSchema("notes").changes(WEEK).revision(3));
        assertThat(behind(other))
                .as("followers in health, when the feed has begun anew")
                .isEqualTo("'counter' lost");
        other.unfollow("counter");
        assertThat(behind(store))
                .as("followers in health, when it is forgotten")
                .isNull();
    }

    private static @Nullable String behind(Store store) {
        Health health = store.health();
        assertThat(health.up()).as("whether it is up, in %s", health).isTrue();
        return health.details().get("followers");
    }
}
