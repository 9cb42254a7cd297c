package dev.pagurus.examples.dashboard;

import java.nio.file.Path;

class OnSqliteTest extends DashboardTest {

    @Override
    TestApp start(Path data) {
        return TestApp.start(data);
    }
}
