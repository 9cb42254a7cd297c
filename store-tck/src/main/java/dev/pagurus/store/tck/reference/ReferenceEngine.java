package dev.pagurus.store.tck.reference;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Health;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.spi.ChangeChunk;
import dev.pagurus.store.spi.ChangeScan;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.EngineInfo;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.spi.Micros;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.WholeFile;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * An engine in memory that keeps the contract, one handle on its database. Single reads see the newest state, single writes
 * happen one after the other, and {@linkplain ReferenceSession sessions} are optimistic: nobody ever waits for anybody.
 * Each method may be overridden by a broken store.
 */
public class ReferenceEngine extends ReferenceReads implements StoreEngine {

    private final ReferenceDatabase database;
    private final Answers answers;
    private final Changes changes;
    private final StoreConfig config;
    private final Clock clock;
    private final Feeds feeds = new Feeds();

    /** Opens a handle. */
    public ReferenceEngine(ReferenceDatabase database, StoreConfig config) {
        this(database, config, new Answers(), new Changes());
    }

    /** Opens a handle whose answers or changes are not what the contract says. */
    public ReferenceEngine(ReferenceDatabase database, StoreConfig config, Answers answers, Changes changes) {
        super(answers);
        this.database = database;
        this.answers = answers;
        this.changes = changes;
        this.config = config;
        this.clock = Objects.requireNonNullElse(config.clock(), Clock.systemUTC());
    }

    @Override
    public EngineInfo info() {
        return new EngineInfo("Reference", "1", config.redactedUrl(), EnumSet.allOf(Capability.class));
    }

    @Override
    public void define(CollectionDefinition definition, Filler filler) {
        database.change(draft -> {
            changes.define(draft.judgedBy(this::now), definition, filler);
            return true;
        });
    }

    @Override
    public boolean drop(String collection) {
        return database.change(draft -> changes.drop(draft, collection));
    }

    @Override
    public void rename(String collection, String newName) {
        database.change(draft -> {
            changes.rename(draft, collection, newName, config.redactedUrl());
            return true;
        });
    }

    @Override
    public List<WriteOutcome> write(List<Write> writes) {
        return database.change(draft -> {
            draft.judgedBy(this::now).afterDeleting(changes.deleted());
            List<WriteOutcome> outcomes = write(draft, writes, now());
            changes.forget(draft, this::now);
            return outcomes;
        });
    }

    @Override
    public ChangeChunk changes(ChangeScan scan) {
        return read(state -> feeds().changes(state, scan));
    }

    @Override
    public String changesEnd(List<CollectionDefinition> collections) {
        return read(state -> feeds().end(state, collections));
    }

    @Override
    public EngineSession begin(SessionMode mode) {
        return new ReferenceSession(this, mode);
    }

    /** The file is there so that nobody else takes its name; what it stands for is kept beside. */
    @Override
    public void backup(Path file, boolean overwrite) {
        new WholeFile(file, overwrite).write(unfinished -> {
            Files.writeString(unfinished, "a backup");
            database.backup(file);
            return true;
        });
    }

    @Override
    public Health health() {
        return new Health(true, "Reference 1", Duration.ofNanos(1), null, Map.of());
    }

    @Override
    public void close() {
        // There is nothing that a handle holds.
    }

    /** Does some writes in a draft. */
    public List<WriteOutcome> write(State draft, List<Write> writes, long now) {
        return writes.stream().map(write -> changes.write(draft, write, now)).toList();
    }

    @Override
    public long now() {
        return Micros.now(clock);
    }

    /** Returns the database that this is a handle on. */
    public ReferenceDatabase database() {
        return database;
    }

    /** Returns what reads mean. */
    public Answers answers() {
        return answers;
    }

    /** Returns what writes mean. */
    public Changes changes() {
        return changes;
    }

    /** Returns what is shown of changes. */
    protected Feeds feeds() {
        return feeds;
    }

    @Override
    protected <R> R read(Function<State, R> question) {
        return question.apply(database.newest().draft().judgedBy(this::now));
    }
}
