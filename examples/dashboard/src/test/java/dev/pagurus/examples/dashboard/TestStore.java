package dev.pagurus.examples.dashboard;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The stores that everything is tested on. */
enum TestStore {
    SQLITE,
    POSTGRES;

    /** Starts a dashboard on a new, empty database; more of the environment in pairs. */
    TestApp start(Path data, String... more) {
        List<String> environment = new ArrayList<>(List.of(more));
        if (this == POSTGRES) {
            environment.add("DATABASE_URL");
            environment.add(Postgres.newDatabase());
        }
        return TestApp.start(data, environment.toArray(String[]::new));
    }
}
