package dev.pagurus.store.tck.histories;

import static dev.pagurus.store.tck.histories.Mark.KEY;
import static dev.pagurus.store.tck.histories.Mark.NUMBER;

import dev.pagurus.store.Document;
import dev.pagurus.store.DuplicateIdException;
import dev.pagurus.store.Filter;
import dev.pagurus.store.UniqueViolationException;
import dev.pagurus.store.VersionConflictException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The kinds of writes; what they are refused for, and what they find, is read. A test holds them complete. */
@SuppressWarnings("ImmutableEnumChecker") // functions without a state
enum WriteAct implements Act {
    PUT(Idle.NEVER, call -> {
        Deed deed = call.notes().call();
        attempt(deed, "put", call.about(), () -> call.writes().put(call.id(), call.about()));
    }),
    INSERT(Idle.IF_THERE, call -> insert(call, call.about())),
    /** Under another id, so that only the unique value can be taken. */
    INSERT_TAKEN(
            Idle.IF_THERE, call -> insert(call, call.about().at(call.other().key()))),
    REPLACE(Idle.IF_MISSING, call -> {
        Document<Mark> document = found(call);
        if (document != null) {
            Deed deed = call.notes().call();
            try {
                Document<Mark> changed = document.withValue(call.about());
                attempt(
                        deed,
                        "replace",
                        document,
                        call.about(),
                        () -> call.writes().replace(changed));
            } catch (VersionConflictException e) {
                deed.sawVersion("replace", call.id(), e.current());
            }
        }
    }),
    REPLACE_OLD(Idle.ALWAYS, call -> {
        Deed deed = call.notes().call();
        deed.sawVersion(
                "replace of an old version",
                call.id(),
                current(() -> call.writes().replace(call.id(), WriteAct.NOBODYS_VERSION, call.about())));
    }),
    UPDATE(Idle.IF_MISSING, call -> {
        Deed deed = call.notes().call();
        AtomicReference<@Nullable Mark> old = new AtomicReference<>();
        Optional<Document<Mark>> changed = call.writes().update(call.id(), mark -> {
            old.set(mark);
            return call.about().withCode(mark.code());
        });
        // It is not there now, whatever it was when the function was called.
        noteChange(deed, "update", call.id(), changed.isPresent() ? old.get() : null, changed);
    }),
    COMPUTE(Idle.NEVER, call -> {
        Deed deed = call.notes().call();
        AtomicReference<@Nullable Mark> old = new AtomicReference<>();
        boolean deletes = call.about().stamp() % 3 == 0 && !deed.hasWritten(call.id());
        Optional<Document<Mark>> changed = call.writes().compute(call.id(), mark -> {
            old.set(mark.orElse(null));
            return mark.isPresent() && deletes
                    ? Optional.empty()
                    : Optional.of(call.about().withCode(null));
        });
        noteChange(deed, "compute", call.id(), old.get(), changed);
    }),
    DELETE(Idle.IF_MISSING, call -> {
        Deed deed = call.notes().call();
        if (deed.hasWritten(call.id())) {
            return;
        }
        if (call.writes().delete(call.id())) {
            deed.present("delete", call.id());
            deed.deleted("delete", call.id());
        } else {
            deed.missing("delete", call.id());
        }
    }),
    DELETE_SEEN(Idle.IF_MISSING, call -> {
        Document<Mark> document = found(call);
        Deed deed = call.notes().call();
        if (document == null || deed.hasWritten(call.id())) {
            return;
        }
        try {
            if (call.writes().delete(document)) {
                deed.saw("delete", document);
                deed.deleted("delete", call.id());
            } else {
                deed.missing("delete", call.id());
            }
        } catch (VersionConflictException e) {
            deed.sawVersion("delete", call.id(), e.current());
        }
    }),
    DELETE_OLD(Idle.ALWAYS, call -> {
        Deed deed = call.notes().call();
        AtomicBoolean deleted = new AtomicBoolean();
        OptionalLong current = current(() -> deleted.set(call.writes().delete(call.id(), WriteAct.NOBODYS_VERSION)));
        if (deleted.get()) {
            throw new AssertionError("Version " + WriteAct.NOBODYS_VERSION + " was deleted, which was nobody's.");
        }
        deed.sawVersion("delete of an old version", call.id(), current);
    }),
    INSERT_ALL(Idle.IF_THERE, BulkWrites::insertAll),
    PUT_ALL(Idle.NEVER, BulkWrites::putAll),
    UPDATE_ALL(Idle.IF_MISSING, BulkWrites::updateAll),
    DELETE_ALL(Idle.IF_MISSING, call -> {
        Deed deed = call.notes().call();
        if (deed.hasWritten(call.id())) {
            return;
        }
        Filter<Mark> filter = KEY.eq(call.id()).and(NUMBER.gte(call.number()));
        long deleted = call.writes().where(filter).deleteAll();
        deed.counted("deleteAll where " + filter, filter, deleted);
        if (deleted == 1) {
            deed.deleted("deleteAll", call.id());
        }
    });

    /** No clock has shown it since 1970. */
    private static final long NOBODYS_VERSION = 1;

    private final Idle idle;
    private final Consumer<Call> how;

    /** When it changes nothing, and so is a read. */
    private enum Idle {
        NEVER,
        IF_THERE,
        IF_MISSING,
        ALWAYS
    }

    WriteAct(Idle idle, Consumer<Call> how) {
        this.idle = idle;
        this.how = how;
    }

    /** Whether it changes nothing where the document is there, or where it is not. */
    boolean isIdle(boolean there) {
        return idle == Idle.ALWAYS || idle == (there ? Idle.IF_THERE : Idle.IF_MISSING);
    }

    @Override
    public void run(Call call) {
        how.accept(call);
    }

    private interface Write {
        Document<Mark> run();
    }

    private static void insert(Call call, Mark mark) {
        Deed deed = call.notes().call();
        try {
            attempt(deed, "insert", mark, () -> {
                Document<Mark> stored = call.writes().insert(mark.key(), mark);
                deed.missing("insert", mark.key());
                return stored;
            });
        } catch (DuplicateIdException e) {
            deed.present("insert", mark.key());
        }
    }

    private static void attempt(Deed deed, String by, Mark mark, Write write) {
        attempt(deed, by, null, mark, write);
    }

    /** Writes a document, if its unique value is not taken. */
    private static void attempt(Deed deed, String by, @Nullable Document<Mark> seen, Mark mark, Write write) {
        String code = mark.code();
        Predicate<Mark> holder = other ->
                code != null && code.equals(other.code()) && !mark.key().equals(other.key());
        try {
            Document<Mark> stored = write.run();
            if (seen != null) {
                deed.saw(by, seen);
            }
            deed.matched(by + " with code " + code, holder, 0, 0);
            deed.wrote(by, stored);
        } catch (UniqueViolationException e) {
            deed.matched(by + " with a taken code " + code, holder, 1, 1);
        }
    }

    private static @Nullable Document<Mark> found(Call call) {
        Deed deed = call.notes().call();
        Document<Mark> document = call.marks().get(call.id()).orElse(null);
        if (document == null) {
            deed.missing("get", call.id());
        } else {
            deed.saw("get", document);
        }
        return document;
    }

    /** Returns the version that a write was refused for; empty if nothing was there. */
    private static OptionalLong current(Runnable write) {
        try {
            write.run();
        } catch (VersionConflictException e) {
            return e.current();
        }
        return OptionalLong.empty();
    }

    private static void noteChange(
            Deed deed, String by, String id, @Nullable Mark old, Optional<Document<Mark>> changed) {
        if (old == null) {
            deed.missing(by, id);
        } else {
            deed.saw(by, old);
        }
        if (changed.isPresent()) {
            deed.wrote(by, changed.get());
        } else if (old != null) {
            deed.deleted(by, id);
        }
    }
}
