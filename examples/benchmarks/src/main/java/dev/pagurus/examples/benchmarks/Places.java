package dev.pagurus.examples.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Where each side keeps its documents during a run; filled when they are first needed, outside of what is measured. */
final class Places implements AutoCloseable {

    private final Plan plan;
    private final Path folder;
    private final Optional<Server> server;
    private final Set<Place> used = new HashSet<>();

    Places(Plan plan, Path folder) {
        this.plan = plan;
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean needed =
                plan.cells().stream().anyMatch(cell -> cell.engine() == Engine.POSTGRES || cell.work() == Work.COPY);
        this.server = needed ? Optional.of(new Server()) : Optional.empty();
    }

    /** Returns the place where the library has the documents that the work needs. */
    Place of(Cell cell, Library library) {
        Work work = cell.work();
        Place place = place(cell.engine(), library + "_" + work.documentsName());
        boolean first = used.add(place);
        if (first || work.startsEmpty()) {
            place.clear();
        }
        if (first && !work.startsEmpty()) {
            try (Side side = library.open(place)) {
                side.insertAll(new Items(work.body).first(plan.documents(work)));
            }
        }
        place.settle();
        return place;
    }

    /** Returns the place on an engine that has what is copied from it. */
    Place source(Engine engine) {
        Place place = place(engine, "source");
        if (used.add(place)) {
            place.clear();
            WholeCopy.run(plan.documents(Work.COPY), place);
        }
        place.settle();
        return place;
    }

    private Place place(Engine engine, String name) {
        String root = engine == Engine.SQLITE
                ? folder.toString()
                : server.orElseThrow().address();
        return new Place(engine, root, name);
    }

    @Override
    public void close() {
        used.forEach(Place::clear);
        server.ifPresent(Server::close);
    }
}
