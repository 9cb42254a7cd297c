package dev.pagurus.examples.dashboard.web;

import dev.pagurus.examples.dashboard.data.Image;
import dev.pagurus.examples.dashboard.data.ImageLine;
import dev.pagurus.examples.dashboard.data.ImageQuery;
import dev.pagurus.examples.dashboard.data.Overview;
import dev.pagurus.examples.dashboard.data.State;
import dev.pagurus.examples.dashboard.data.Tag;
import dev.pagurus.store.Document;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the list of images shows.
 *
 * @param query the filters that are set
 * @param overview what was found
 * @param now when the page was made; acknowledging goes no further
 * @param cursor where the page starts; null for the first
 * @param notice what has just been done
 */
public record ListPage(
        ImageQuery query,
        Overview overview,
        Instant now,
        @Nullable String cursor,
        @Nullable Notice notice) {

    /** Something that was done, and how to undo it. */
    public record Notice(String text, @Nullable String undo) {}

    /** A way to narrow the list, or to widen it again. */
    public record Choice(
            String label,
            String link,
            long count,
            boolean chosen,
            @Nullable Tag tag) {}

    /** The images of this page. */
    public List<Document<Image>> images() {
        return overview.images().items();
    }

    /** The three tabs. */
    public List<Choice> tabs() {
        return List.of(
                tab("Open", State.OPEN, open()),
                tab("Acknowledged", State.ACKNOWLEDGED, overview.states().getOrDefault(State.ACKNOWLEDGED, 0L)),
                tab("All", null, overview.total()));
    }

    /** The hosts, and how many images each has. */
    public List<Choice> hosts() {
        return overview.hosts().entrySet().stream()
                .map(host -> {
                    boolean chosen = host.getKey().equals(query.host());
                    String link = Links.list(query.withHost(chosen ? null : host.getKey()));
                    return new Choice(host.getKey(), link, host.getValue(), chosen, null);
                })
                .toList();
    }

    /** The tags, and how many images each has. */
    public List<Choice> tags() {
        return overview.tags().stream()
                .map(tag -> {
                    boolean chosen = tag.id().equals(query.tag());
                    String link = Links.list(query.withTag(chosen ? null : tag.id()));
                    long count = overview.tagged().getOrDefault(tag.id(), 0L);
                    return new Choice(tag.value().name(), link, count, chosen, tag.value());
                })
                .toList();
    }

    /** The tags of an image, in the order of all tags. */
    public List<Tag> tagsOf(Image image) {
        return tagsOf(image, overview.tags());
    }

    static List<Tag> tagsOf(Image image, List<Document<Tag>> tags) {
        return tags.stream()
                .filter(tag -> image.tags().contains(tag.id()))
                .map(Document::value)
                .toList();
    }

    /** How many open images match. */
    public long open() {
        return overview.states().getOrDefault(State.OPEN, 0L);
    }

    /** Which open image waits longest, where that is worth a line: there are others, and they are shown. */
    public @Nullable ImageLine longest() {
        return open() > 1 && query.state() != State.ACKNOWLEDGED ? overview.longest() : null;
    }

    /** Whether nothing was ever announced. */
    public boolean isUntouched() {
        return overview.total() == 0 && !isFiltered();
    }

    /** Whether more than the state is set. */
    public boolean isFiltered() {
        return query.host() != null || query.tag() != null || query.search() != null;
    }

    /** The next page; null on the last. */
    public @Nullable String next() {
        String next = overview.images().nextCursor();
        return next == null ? null : Links.with(Links.list(query), "after", next);
    }

    /** Where a form of this page leads: to an action, and from there back to this page. */
    public String action(String name) {
        return Links.with(Links.action(name, query), "after", cursor);
    }

    /** The same state without other filters. */
    public String unfiltered() {
        return Links.list(ImageQuery.ALL.withState(query.state()));
    }

    /** The time up to which this page knows what came, for its forms. */
    public long seen() {
        return micros(now);
    }

    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private Choice tab(String label, @Nullable State state, long count) {
        return new Choice(label, Links.list(query.withState(state)), count, state == query.state(), null);
    }
}
