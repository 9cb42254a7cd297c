package dev.pagurus.examples.dashboard.data;

import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An image on a host, and whether somebody has to look at it. A plain record: it knows nothing of where it is stored.
 *
 * @param host the host that Diun watches
 * @param name the image's whole name, such as {@code docker.io/library/nginx:1.27}
 * @param newest the announcement that tells the present digest
 * @param noticedAt when that came
 * @param state whether it is open
 * @param acknowledgement which click acknowledged it, so that it can be undone; null while it is open
 * @param tags the ids of its tags
 */
public record Image(
        String host,
        String name,
        Announcement newest,
        Instant noticedAt,
        State state,
        @Nullable String acknowledgement,
        Set<String> tags) {

    private static final String HUB = "docker.io/";
    private static final String HUB_LIBRARY = "docker.io/library/";

    /** Sorts the tags. */
    public Image {
        tags = Collections.unmodifiableSet(new TreeSet<>(tags));
    }

    /** An image that is seen for the first time. */
    static Image first(String host, String name, Announcement announcement, Instant now) {
        return new Image(host, name, announcement, now, State.OPEN, null, Set.of());
    }

    /** Returns this image after an announcement, which opens it if it tells another digest. */
    Image after(Announcement announcement, Instant now) {
        if (announcement.digest().equals(newest.digest())) {
            return this;
        }
        return new Image(host, name, announcement, now, State.OPEN, null, tags);
    }

    /** Returns this image acknowledged. */
    public Image acknowledged(String by) {
        return new Image(host, name, newest, noticedAt, State.ACKNOWLEDGED, by, tags);
    }

    /** Returns this image open again. */
    public Image reopened() {
        return new Image(host, name, newest, noticedAt, State.OPEN, null, tags);
    }

    /** Returns this image with these tags and no others. */
    public Image withTags(Set<String> changed) {
        return new Image(host, name, newest, noticedAt, state, acknowledgement, changed);
    }

    Image withTag(String tag) {
        Set<String> more = new HashSet<>(tags);
        more.add(tag);
        return withTags(more);
    }

    Image withoutTag(String tag) {
        Set<String> fewer = new HashSet<>(tags);
        fewer.remove(tag);
        return withTags(fewer);
    }

    /** Returns the name as people say it: {@code nginx:1.27} and not {@code docker.io/library/nginx:1.27}. */
    public String shortName() {
        return shortName(name);
    }

    static String shortName(String name) {
        if (name.startsWith(HUB_LIBRARY)) {
            return name.substring(HUB_LIBRARY.length());
        }
        return name.startsWith(HUB) ? name.substring(HUB.length()) : name;
    }
}
