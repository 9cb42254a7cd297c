package dev.pagurus.examples.dashboard;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests of a dashboard that runs, on each store alike. */
@ParameterizedClass
@EnumSource(TestStore.class)
@Timeout(60)
abstract class OnEachStore {

    static final String NGINX = "docker.io/library/nginx:1.27";
    static final String REDIS = "docker.io/library/redis:7";

    private final TestStore store;
    TestApp app;

    OnEachStore(TestStore store) {
        this.store = store;
    }

    @BeforeEach
    void start(@TempDir Path data) {
        app = store.start(data);
    }

    @AfterEach
    void stop() {
        app.close();
    }
}
