package dev.pagurus.store.internal.join;

import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Who leads the lanes of a {@link Combiner}, and which keys are under way there. Used under its lock. */
final class Lanes {

    private final int number;
    private final List<Thread> leaders = new ArrayList<>();
    private final Set<Object> keysUnderWay = new HashSet<>();

    Lanes(int number) {
        this.number = number;
    }

    boolean none() {
        return number == 0;
    }

    boolean isLed(Thread thread) {
        return leaders.contains(thread);
    }

    /** Makes a call a leader, if a lane is free and nothing under way excludes it. */
    boolean give(Call<?, ?> call) {
        if (leaders.size() == number || !begin(call)) {
            return false;
        }
        leaders.add(call.caller);
        call.state = Call.State.LEADING;
        return true;
    }

    /** Notes that a call is under way, unless another one excludes it. */
    boolean begin(Call<?, ?> call) {
        return call.key == null || keysUnderWay.add(call.key);
    }

    /** Frees the lane of the list's first call, and the keys of all of them. */
    void leave(List<? extends Call<?, ?>> list) {
        leaders.remove(list.get(0).caller);
        for (Call<?, ?> call : list) {
            keysUnderWay.remove(call.key);
        }
    }

    /** Gives free lanes to those who have waited longest, who wait no more then. */
    <Q, A> List<Call<Q, A>> handOver(Deque<Call<Q, A>> waiting) {
        if (waiting.isEmpty()) {
            return List.of();
        }
        List<Call<Q, A>> chosen = new ArrayList<>(number);
        Iterator<Call<Q, A>> next = waiting.iterator();
        while (next.hasNext() && leaders.size() < number) {
            Call<Q, A> call = next.next();
            if (give(call)) {
                next.remove();
                chosen.add(call);
            }
        }
        return chosen;
    }
}
