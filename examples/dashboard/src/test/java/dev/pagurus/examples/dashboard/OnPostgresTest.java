package dev.pagurus.examples.dashboard;

import java.nio.file.Path;

class OnPostgresTest extends DashboardTest {

    @Override
    TestApp start(Path data) {
        return TestApp.start(data, "DATABASE_URL", Postgres.newDatabase());
    }
}
