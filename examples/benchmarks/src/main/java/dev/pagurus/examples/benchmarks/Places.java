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
    private Optional<Server> shapesServer = Optional.empty();
    private final Set<Place> used = new HashSet<>();

    Places(Plan plan, Path folder) {
        this.plan = plan;
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            if (plan.keep().isPresent()) {
                Files.createDirectories(plan.keep().get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean needed = plan.cells().stream()
                .anyMatch(cell -> cell.work() == Work.COPY
                        || (cell.engine() == Engine.POSTGRES && !cell.work().isShapes()));
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

    /** Returns the place that has the entries of a table of shapes; they may be there from an earlier run. */
    Place shapes(Cell cell) {
        int documents = plan.documents(cell.work());
        Path kept = plan.keep().orElse(folder);
        String root = kept.toString();
        if (cell.engine() == Engine.POSTGRES) {
            if (shapesServer.isEmpty()) {
                shapesServer =
                        Optional.of(plan.keep().isPresent() ? new Server(kept.resolve("postgres")) : new Server());
            }
            root = shapesServer.get().address();
        }
        Place place = new Place(cell.engine(), root, "shapes_" + cell.work().body + "_" + documents);
        if (ShapeRun.fill(place, documents, cell.work().body)) {
            place.settle();
        }
        if (plan.keep().isEmpty()) {
            used.add(place);
        }
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
        shapesServer.ifPresent(Server::close);
    }
}
