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
        attempt(call, deed, "put", () -> {}, call.about(), () -> call.writes().put(call.id(), call.about()));
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
                        call,
                        deed,
                        "replace",
                        () -> deed.saw("replace", document),
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
            Mark next = call.about().withCode(mark.code());
            call.notes().mayHave(deed, () -> noteChange(deed, "update", call.id(), mark, next));
            return next;
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
            Mark next = mark.isPresent() && deletes ? null : call.about().withCode(null);
            call.notes().mayHave(deed, () -> noteChange(deed, "compute", call.id(), mark.orElse(null), next));
            return Optional.ofNullable(next);
        });
        noteChange(deed, "compute", call.id(), old.get(), changed);
    }),
    DELETE(Idle.IF_MISSING, call -> {
        Deed deed = call.notes().call();
        if (deed.hasWritten(call.id())) {
            return;
        }
        Runnable gone = () -> {
            deed.present("delete", call.id());
            deed.deleted("delete", call.id());
        };
        call.notes().mayHave(deed, gone);
        if (call.writes().delete(call.id())) {
            gone.run();
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
        Runnable gone = () -> {
            deed.saw("delete", document);
            deed.deleted("delete", call.id());
        };
        call.notes().mayHave(deed, gone);
        try {
            if (call.writes().delete(document)) {
                gone.run();
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
    CLAIM(Idle.IF_MISSING, BulkWrites::claim),
    CLAIM_FIRST(Idle.IF_MISSING, BulkWrites::claimFirst),
    DELETE_ALL(Idle.IF_MISSING, call -> {
        Deed deed = call.notes().call();
        if (deed.hasWritten(call.id())) {
            return;
        }
        Filter<Mark> filter = KEY.eq(call.id()).and(NUMBER.gte(call.number()));
        Runnable gone = () -> {
            deed.counted("deleteAll where " + filter, filter, 1);
            deed.deleted("deleteAll", call.id());
        };
        call.notes().mayHave(deed, gone);
        long deleted = call.writes().where(filter).deleteAll();
        if (deleted == 1) {
            gone.run();
        } else {
            deed.counted("deleteAll where " + filter, filter, deleted);
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
            attempt(
                    call,
                    deed,
                    "insert",
                    () -> deed.missing("insert", mark.key()),
                    mark,
                    () -> call.writes().insert(mark.key(), mark));
        } catch (DuplicateIdException e) {
            deed.present("insert", mark.key());
        }
    }

    /**
     * Writes a document, if its unique value is not taken.
     *
     * @param found notes what it has found if it wrote
     */
    private static void attempt(Call call, Deed deed, String by, Runnable found, Mark mark, Write write) {
        String code = mark.code();
        Predicate<Mark> holder = other ->
                code != null && code.equals(other.code()) && !mark.key().equals(other.key());
        Runnable fits = () -> {
            found.run();
            deed.matched(by + " with code " + code, holder, 0, 0);
        };
        call.notes().mayHave(deed, () -> {
            fits.run();
            deed.wrote(by, mark);
        });
        try {
            Document<Mark> stored = write.run();
            fits.run();
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

    /** The same of one that has not answered. */
    private static void noteChange(Deed deed, String by, String id, @Nullable Mark old, @Nullable Mark wanted) {
        if (wanted == null) {
            noteChange(deed, by, id, old, Optional.empty());
        } else {
            if (old == null) {
                deed.missing(by, id);
            } else {
                deed.saw(by, old);
            }
            deed.wrote(by, wanted);
        }
    }
}
