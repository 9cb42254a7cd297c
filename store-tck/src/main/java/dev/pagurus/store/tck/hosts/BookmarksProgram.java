package dev.pagurus.store.tck.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Page;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.hosts.Bookmarks.Bookmark;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests {@link Bookmarks} on the store under test. */
public abstract class BookmarksProgram extends ClauseGroup {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private Bookmarks bookmarks;

    protected BookmarksProgram(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @BeforeEach
    void openProgram() {
        bookmarks = new Bookmarks(store);
        for (int i = 0; i < 35; i++) {
            Set<String> tags = i % 2 == 0 ? Set.of("all", "even") : Set.of("all");
            bookmarks.add(new Bookmark("https://example.org/" + i, "Page " + i, tags, NOON.plusSeconds(i)));
        }
    }

    private List<String> titles(@Nullable String tag, String search) {
        return AllPages.read(cursor -> bookmarks.page(tag, search, cursor)).stream()
                .map(Bookmark::title)
                .toList();
    }

    @Test
    void pagesShowEachBookmarkOnceTheNewestFirst() {
        assertThat(bookmarks.page(null, "", null).items()).hasSize(Bookmarks.PAGE);
        assertThat(titles(null, ""))
                .hasSize(35)
                .startsWith("Page 34", "Page 33")
                .endsWith("Page 0");
        assertThat(titles("even", "")).hasSize(18).startsWith("Page 34", "Page 32");
    }

    @Test
    void aBookmarkAddedBetweenTwoPagesDoesNotMoveTheSecond() {
        Page<Bookmark> first = bookmarks.page(null, "", null);
        bookmarks.add(new Bookmark("https://example.org/new", "New", Set.of(), NOON.plusSeconds(100)));
        assertThat(bookmarks
                        .page(null, "", first.nextCursor())
                        .items()
                        .get(0)
                        .value()
                        .title())
                .isEqualTo("Page 24");
    }

    @Test
    void anAddressIsBookmarkedOnce() {
        Bookmark again = new Bookmark("https://example.org/1", "Again", Set.of(), NOON);
        assertThat(bookmarks.add(again)).as("bookmarks.add(again)").isFalse();
        assertThat(bookmarks.at("https://example.org/1").orElseThrow().title()).isEqualTo("Page 1");
    }

    @Test
    void wordsAreFoundWhateverTheirCaseInAnyAlphabet() {
        bookmarks.add(new Bookmark("https://a.example", "Die \u00DCBUNG der Stra\u00DFe", Set.of(), NOON));
        bookmarks.add(new Bookmark("https://b.example", "\u041F\u0440\u0438\u0432\u0435\u0442, world", Set.of(), NOON));
        assertThat(titles(null, "stra\u00DFe \u00FCbung")).containsExactly("Die \u00DCBUNG der Stra\u00DFe");
        assertThat(titles(null, "\u043F\u0440\u0438\u0432\u0435\u0442")).hasSize(1);
        assertThat(titles(null, "PAGE 7")).containsExactly("Page 7");
        assertThat(titles("even", "page 7")).isEmpty();
    }

    @Test
    void aTagIsRenamedWhereverItIs() {
        assertThat(bookmarks.tags()).isEqualTo(Map.of("all", 35L, "even", 18L));
        assertThat(bookmarks.renameTag("even", "half")).isEqualTo(18);
        assertThat(bookmarks.tags()).isEqualTo(Map.of("all", 35L, "half", 18L));
        assertThat(bookmarks.renameTag("half", "all")).isEqualTo(18);
        assertThat(bookmarks.tags()).isEqualTo(Map.of("all", 35L));
        assertThat(bookmarks.removeTagged("all")).isEqualTo(35);
        assertThat(bookmarks.tags()).isEmpty();
    }
}
