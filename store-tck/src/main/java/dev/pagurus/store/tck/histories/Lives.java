package dev.pagurus.store.tck.histories;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The lives of one document, from one creation to the next deletion. Within a life versions grow. Two lives come in the order
 * in which they were seen; if nobody saw it, in that of their creation, unless somebody may have taken the time of it and
 * waited while another one lived and died.
 */
final class Lives {

    private final List<Life> lives = new ArrayList<>();
    private final List<Deed> deleters;
    private boolean sure = true;

    /** @param deleters who deleted the document at any time */
    Lives(List<ShownVersion> written, List<Deed> deleters) {
        this.deleters = deleters;
        List<ShownVersion> byTime = new ArrayList<>(written);
        byTime.sort(Comparator.comparing((ShownVersion one) -> one.document().createdAt())
                .thenComparing(one -> one.document().version()));
        for (ShownVersion one : byTime) {
            Life last = lives.isEmpty() ? null : lives.get(lives.size() - 1);
            if (last == null || !last.has(one)) {
                last = new Life(new ArrayList<>());
                lives.add(last);
            }
            sure &= last.versions.isEmpty()
                    || last.last().document().version() < one.document().version();
            last.versions.add(one);
        }
        putInOrder();
    }

    /** Returns the versions in their order, with an absence before each life. */
    List<Version> versions(String id) {
        List<Version> versions = new ArrayList<>();
        for (Life life : lives) {
            versions.add(Version.absent(id));
            life.versions.forEach(
                    one -> versions.add(new Version(id, one.document().value(), one.by())));
        }
        return versions.isEmpty() ? List.of(Version.absent(id)) : versions;
    }

    /** Whether there can be no other order. */
    boolean isSure() {
        for (int i = 0; i < lives.size(); i++) {
            for (int j = i + 1; j < lives.size(); j++) {
                Life one = lives.get(i);
                Life other = lives.get(j);
                sure &= one.isSeenBefore(other) || (!other.isSeenBefore(one) && !mayBeOver(other, one.creator()));
            }
        }
        return sure;
    }

    private void putInOrder() {
        for (int end = lives.size() - 1; end > 0; end--) {
            for (int i = 0; i < end; i++) {
                if (lives.get(i + 1).isSeenBefore(lives.get(i)) && !lives.get(i).isSeenBefore(lives.get(i + 1))) {
                    Collections.swap(lives, i, i + 1);
                }
            }
        }
    }

    /** Whether a life can have been over when a deed that created the document was not done yet. */
    private boolean mayBeOver(Life life, Deed creator) {
        return life.versions.stream().allMatch(one -> one.by().began() <= creator.ended())
                && deleters.stream()
                        .anyMatch(deed -> deed.began() <= creator.ended()
                                && deed.ended() >= life.creator().began());
    }

    private record Life(List<ShownVersion> versions) {

        Deed creator() {
            return versions.get(0).by();
        }

        ShownVersion last() {
            return versions.get(versions.size() - 1);
        }

        boolean has(ShownVersion one) {
            return last().document().createdAt().equals(one.document().createdAt());
        }

        /** Whether somebody had met this one before somebody met the other one, who began later. */
        boolean isSeenBefore(Life other) {
            return firstEnd() < other.lastBegin();
        }

        private long firstEnd() {
            return versions.stream().mapToLong(ShownVersion::firstEnd).min().orElse(Long.MAX_VALUE);
        }

        private long lastBegin() {
            return versions.stream().mapToLong(ShownVersion::lastBegin).max().orElse(Long.MIN_VALUE);
        }
    }
}
