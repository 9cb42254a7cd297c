package dev.pagurus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonBackReference;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIdentityInfo;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonManagedReference;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonView;
import com.fasterxml.jackson.annotation.ObjectIdGenerators;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonPOJOBuilder;

/** Records and classes of every make: what is written comes back equal, and the shape says what there is. */
class JsonTypesTest {

    record Author(String name, Set<String> mails) {}

    @SuppressWarnings("ArrayRecordComponent") // people have them
    record Book(
            String title,
            Author author,
            List<Author> others,
            Map<String, Author> byRole,
            Map<UUID, BigDecimal> prices,
            Optional<Instant> printed,
            byte[] cover) {}

    record Tree(String name, List<Tree> children) {}

    record Pair<A, B>(A first, B second) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    sealed interface Figure {}

    record Circle(double radius) implements Figure {}

    @JsonTypeName("box")
    record Rectangle(int width, int height) implements Figure {}

    record Nothing() implements Figure {}

    record Drawing(Figure main, List<Figure> all, Map<String, Figure> named) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Sum.class, name = "sum"),
        @JsonSubTypes.Type(value = Leaf.class, name = "leaf")
    })
    interface Term {}

    record Sum(Term left, Term right) implements Term {}

    record Leaf(long value) implements Term {}

    /** Fields, and whether they are equal. */
    abstract static class Plain {
        abstract List<@Nullable Object> parts();

        @Override
        public boolean equals(Object other) {
            return other instanceof Plain plain
                    && plain.getClass() == getClass()
                    && plain.parts().equals(parts());
        }

        @Override
        public int hashCode() {
            return Objects.hashCode(parts());
        }
    }

    static class WithSetters extends Plain {
        private @Nullable String title;
        private int count;
        private List<String> tags = new ArrayList<>();

        public @Nullable String getTitle() {
            return title;
        }

        public void setTitle(@Nullable String title) {
            this.title = title;
        }

        public int getCount() {
            return count;
        }

        public void setCount(int count) {
            this.count = count;
        }

        public List<String> getTags() {
            return tags;
        }

        public void setTags(List<String> tags) {
            this.tags = tags;
        }

        /** Of what is there, and so not to be stored. */
        @JsonIgnore
        public String getShout() {
            return title + "!";
        }

        @Override
        List<@Nullable Object> parts() {
            return java.util.Arrays.asList(title, count, tags);
        }
    }

    static class Heir extends WithSetters {
        public boolean own;

        @Override
        List<@Nullable Object> parts() {
            List<@Nullable Object> parts = new ArrayList<>(super.parts());
            parts.add(own);
            return parts;
        }
    }

    static final class WithConstructor extends Plain {
        private final String name;
        private final int size;

        @JsonCreator
        WithConstructor(@JsonProperty("name") String name, @JsonProperty("size") int size) {
            this.name = name;
            this.size = size;
        }

        public String getName() {
            return name;
        }

        public int getSize() {
            return size;
        }

        @Override
        List<@Nullable Object> parts() {
            return List.of(name, size);
        }
    }

    @JsonDeserialize(builder = Built.Builder.class)
    static final class Built extends Plain {
        private final String name;

        private Built(String name) {
            this.name = name;
        }

        public String getName() {
            return name;
        }

        @Override
        List<@Nullable Object> parts() {
            return List.of(name);
        }

        @JsonPOJOBuilder
        static final class Builder {
            private String name = "";

            public Builder withName(String given) {
                name = given;
                return this;
            }

            public Built build() {
                return new Built(name);
            }
        }
    }

    record Point(int x, int y) {}

    record Basket(List<String> items) {
        public boolean isEmpty() {
            return items.isEmpty();
        }

        public int getTotal() {
            return items.size();
        }
    }

    static class Placed extends Plain {
        @JsonUnwrapped(prefix = "at_")
        public Point at = new Point(0, 0);

        public String name = "";

        @Override
        List<@Nullable Object> parts() {
            return List.of(at, name);
        }
    }

    static class Open extends Plain {
        public String name = "";
        private final Map<String, Integer> others = new HashMap<>();

        @JsonAnyGetter
        public Map<String, Integer> others() {
            return others;
        }

        @JsonAnySetter
        public void other(String key, Integer value) {
            others.put(key, value);
        }

        @Override
        List<@Nullable Object> parts() {
            return List.of(name, others);
        }
    }

    interface Public {}

    interface Internal extends Public {}

    record Viewed(
            @JsonView(Public.class) String all,
            @JsonView(Internal.class) String some) {}

    static class Parent {
        public String name = "";

        @JsonManagedReference
        public List<Child> children = new ArrayList<>();
    }

    static class Child {
        public String name = "";

        @JsonBackReference
        public @Nullable Parent parent;
    }

    @JsonIdentityInfo(generator = ObjectIdGenerators.IntSequenceGenerator.class)
    static class Linked {
        public String name = "";
        public @Nullable Linked next;
    }

    static class Ring {
        public @Nullable Ring next;
    }

    record Hidden(String name, @JsonIgnore @Nullable String cached) {}

    interface Animal {}

    record Dog(int years) implements Animal {}

    record Held(
            @JsonTypeInfo(use = JsonTypeInfo.Id.NAME) @JsonSubTypes(@JsonSubTypes.Type(value = Dog.class, name = "dog"))
            Animal one,

            @JsonTypeInfo(use = JsonTypeInfo.Id.NAME) @JsonSubTypes(@JsonSubTypes.Type(value = Dog.class, name = "dog"))
            List<Animal> all) {}

    record Outside(
            @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.EXTERNAL_PROPERTY, property = "kind")
            @JsonSubTypes(@JsonSubTypes.Type(value = Dog.class, name = "dog"))
            Animal one) {}

    record Endless<T>(T value, @Nullable Endless<List<T>> next) {}

    private static <T> String comesBack(Codec<T> codec, List<? extends T> values) throws Exception {
        String shape = codec.shape();
        for (T value : values) {
            assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
        }
        return Objects.requireNonNull(shape);
    }

    @Test
    void recordsInRecords() throws Exception {
        Author ann = new Author("Ann", Set.of("a@b"));
        byte[] cover = {1, 2};
        Book book = new Book(
                "t",
                ann,
                List.of(ann),
                Map.of("x", ann),
                Map.of(new UUID(1, 1), new BigDecimal("1.20")),
                Optional.of(Instant.EPOCH),
                cover);
        Codec<Book> codec = Codec.json(Book.class);
        assertThat(codec.decode(codec.encode(book))).usingRecursiveComparison().isEqualTo(book);
        assertThat(codec.shape()).isEqualTo("""
                author.mails[] text
                author.name text
                byRole{}.mails[] text
                byRole{}.name text
                cover bytes
                others[].mails[] text
                others[].name text
                prices by-uuid
                prices{} decimal
                printed instant
                title text""");
    }

    @Test
    void aRecordWithinItself() throws Exception {
        Tree tree = new Tree("a", List.of(new Tree("b", List.of()), new Tree("c", List.of(new Tree("d", List.of())))));
        assertThat(comesBack(Codec.json(Tree.class), List.of(tree))).isEqualTo("""
                children[] as .
                name text""");
        assertThat(comesBack(Codec.json(new TypeReference<Pair<Tree, Tree>>() {}), List.of(new Pair<>(tree, tree))))
                .isEqualTo("""
                        first.children[] as first
                        first.name text
                        second.children[] as second
                        second.name text""");
    }

    @Test
    void typeArguments() throws Exception {
        assertThat(comesBack(
                        Codec.json(new TypeReference<Pair<Long, List<Pair<Instant, Point>>>>() {}),
                        List.of(new Pair<>(1L, List.of(new Pair<>(Instant.EPOCH, new Point(1, 2)))))))
                .isEqualTo("""
                        first integer
                        second[].first instant
                        second[].second.x integer
                        second[].second.y integer""");
        assertThat(comesBack(Codec.json(new TypeReference<List<Point>>() {}), List.of(List.of(new Point(1, 2)))))
                .isEqualTo("[].x integer\n[].y integer");
        assertThat(Codec.json(String.class).shape()).isEqualTo(". text");
    }

    @Test
    void sealedTypesFindTheirSubtypes() throws Exception {
        Figure circle = new Circle(0.5);
        Figure box = new Rectangle(1, 2);
        Drawing drawing = new Drawing(new Nothing(), List.of(circle, box), Map.of("a", box));
        assertThat(comesBack(Codec.json(Drawing.class), List.of(drawing)))
                .contains("""
                main.@type type
                main<JsonTypesTest$Circle>.radius real
                main<JsonTypesTest$Nothing> object
                main<box>.height integer
                main<box>.width integer
                named{}.@type type
                """)
                .contains("all[]<box>.width integer");
        assertThat(comesBack(Codec.json(Figure.class), List.of(circle, box, new Nothing())))
                .startsWith("""
                <JsonTypesTest$Circle>.radius real
                <JsonTypesTest$Nothing> object
                <box>.height integer
                <box>.width integer
                @type type""");
    }

    @Test
    void namedSubtypesWithinThemselves() throws Exception {
        Term term = new Sum(new Leaf(1), new Sum(new Leaf(2), new Leaf(3)));
        assertThat(comesBack(Codec.json(Term.class), List.of(term))).isEqualTo("""
                <leaf>.value integer
                <sum>.left as .
                <sum>.right as .
                kind type""");
    }

    @Test
    void classesOfEveryMake() throws Exception {
        WithSetters setters = new WithSetters();
        setters.setTitle("a");
        setters.setCount(-1);
        setters.setTags(List.of("x"));
        assertThat(comesBack(Codec.json(WithSetters.class), List.of(setters, new WithSetters())))
                .isEqualTo("count integer\ntags[] text\ntitle text");
        Heir heir = new Heir();
        heir.setTitle("a");
        heir.own = true;
        assertThat(comesBack(Codec.json(Heir.class), List.of(heir)))
                .isEqualTo("count integer\nown boolean\ntags[] text\ntitle text");
        assertThat(comesBack(Codec.json(WithConstructor.class), List.of(new WithConstructor("a", 1))))
                .isEqualTo("name text\nsize integer");
        assertThat(comesBack(Codec.json(Built.class), List.of(new Built("a")))).isEqualTo("name text");
    }

    @Test
    void whatIsIgnoredByNameIsLeftOut() throws Exception {
        Codec<Hidden> codec = Codec.json(Hidden.class);
        assertThat(codec.shape()).isEqualTo("name text");
        assertThat(codec.decode(codec.encode(new Hidden("a", "b")))).isEqualTo(new Hidden("a", null));
    }

    @Test
    void subtypesThatAPropertyNames() throws Exception {
        assertThat(comesBack(Codec.json(Held.class), List.of(new Held(new Dog(1), List.of(new Dog(2))))))
                .isEqualTo("""
                all[].@type type
                all[]<dog>.years integer
                one.@type type
                one<dog>.years integer""");
        assertThat(comesBack(Codec.json(Outside.class), List.of(new Outside(new Dog(1)))))
                .isEqualTo("""
                kind type
                one<dog>.years integer""");
    }

    @Test
    void aTypeWithoutEndIsRefused() {
        assertThatThrownBy(() ->
                        Codec.json(new TypeReference<Endless<String>>() {}).shape())
                .isInstanceOf(SchemaException.class)
                .hasMessageContainingAll("Endless", "no end");
    }

    @Test
    void ofARecordOnlyItsComponents() throws Exception {
        assertThat(comesBack(Codec.json(Basket.class), List.of(new Basket(List.of("a")))))
                .isEqualTo("items[] text");
    }

    @Test
    void propertiesOfAPartAmongOnesOwn() throws Exception {
        Placed placed = new Placed();
        placed.at = new Point(1, 2);
        placed.name = "a";
        assertThat(comesBack(Codec.json(Placed.class), List.of(placed)))
                .isEqualTo("at_x integer\nat_y integer\nname text");
        assertThatThrownBy(() -> Codec.json(Placed.class).decode("{\"at_x\":1,\"at_y\":2,\"at_z\":3,\"name\":\"a\"}"))
                .isInstanceOf(UnknownPropertyException.class)
                .hasMessageContaining("at_z");
    }

    @Test
    void anyPropertyBothWays() throws Exception {
        Open open = new Open();
        open.name = "a";
        open.other("b", 1);
        assertThat(comesBack(Codec.json(Open.class), List.of(open))).isEqualTo("name text\n{} integer");
    }

    @Test
    void viewsAreAllStored() throws Exception {
        assertThat(comesBack(Codec.json(Viewed.class), List.of(new Viewed("a", "b"))))
                .isEqualTo("all text\nsome text");
    }

    @Test
    void cyclesThatAreAnnotated() throws Exception {
        Parent parent = new Parent();
        Child child = new Child();
        child.name = "c";
        child.parent = parent;
        parent.children.add(child);
        Codec<Parent> parents = Codec.json(Parent.class);
        Parent back = parents.decode(parents.encode(parent));
        assertThat(back.children.get(0).parent).isSameAs(back);
        assertThat(parents.shape()).isEqualTo("children[].name text\nname text");

        Linked linked = new Linked();
        linked.next = linked;
        Codec<Linked> ring = Codec.json(Linked.class);
        Linked again = ring.decode(ring.encode(linked));
        assertThat(again.next).isSameAs(again);
        assertThat(ring.shape()).isEqualTo("@id id\nname text\nnext as .");
    }

    @Test
    void aCycleThatIsNotAnnotatedIsRefusedWhenItIsWritten() {
        Ring ring = new Ring();
        ring.next = ring;
        Codec<Ring> codec = Codec.json(Ring.class);
        assertThatThrownBy(() -> codec.encode(ring)).hasMessageContaining("Ring");
        Ring one = new Ring();
        Ring two = new Ring();
        one.next = two;
        two.next = one;
        assertThatThrownBy(() -> codec.encode(one)).hasMessageContaining("depth");
    }

    @Test
    void theShapeIsTheSameEachTime() {
        String once = Codec.json(Drawing.class).shape();
        assertThat(Codec.json(Drawing.class).shape()).isEqualTo(once);
        assertThat(Objects.requireNonNull(once).lines()).isSorted();
    }
}
