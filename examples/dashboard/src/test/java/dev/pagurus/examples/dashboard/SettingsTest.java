package dev.pagurus.examples.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    @TempDir
    private Path directory;

    @Test
    void theTokenIsAllThatMustBeSet() {
        Settings settings = Settings.of(Map.of("WEBHOOK_TOKEN", "secret"));

        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.dataDirectory()).isEqualTo(Path.of("data"));
        assertThat(settings.databaseUrl()).isNull();
        assertThat(settings.databaseWait()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.password()).isNull();
        assertThat(settings.toString()).doesNotContain("secret");
    }

    @Test
    void secretsMayStandInFiles() throws Exception {
        Path file = Files.writeString(directory.resolve("token"), "from the file\n");

        assertThat(Settings.of(Map.of("WEBHOOK_TOKEN_FILE", file.toString())).webhookToken())
                .isEqualTo("from the file");
        refused("WEBHOOK_TOKEN_FILE", directory.resolve("none").toString(), "cannot be read");
        refused(
                "DASHBOARD_PASSWORD_FILE",
                Files.createFile(directory.resolve("empty")).toString(),
                "is empty");
        refused("WEBHOOK_TOKEN_FILE", file.toString(), "Both WEBHOOK_TOKEN and WEBHOOK_TOKEN_FILE");
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThatThrownBy(() -> Settings.of(Map.of("WEBHOOK_TOKEN", " ")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("WEBHOOK_TOKEN is not set");
        refused("PORT", "http", "PORT must be");
        refused("PORT", "70000", "PORT must be");
        refused("DATABASE_WAIT", "soon", "DATABASE_WAIT must be");
        refused("START_EMPTY", "yes", "START_EMPTY must be");
        refused("DASHBOARD_USER", "a:b", "DASHBOARD_USER must be");
        refused("PUBLIC_URL", "updates.example.org", "PUBLIC_URL must be");
        assertThatThrownBy(() -> Settings.logLevel(Map.of("LOG_LEVEL", "loud"))).hasMessageContaining("LOG_LEVEL");
        assertThat(Settings.of(Map.of("WEBHOOK_TOKEN", "x", "PUBLIC_URL", "https://updates.example.org/"))
                        .publicOrigin())
                .isEqualTo("https://updates.example.org");
    }

    private static void refused(String name, String value, String reason) {
        Map<String, String> environment = new HashMap<>(Map.of(name, value));
        if (!name.equals("WEBHOOK_TOKEN_FILE") || reason.startsWith("Both")) {
            environment.put("WEBHOOK_TOKEN", "secret");
        }
        assertThatThrownBy(() -> Settings.of(environment))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(reason);
    }
}
