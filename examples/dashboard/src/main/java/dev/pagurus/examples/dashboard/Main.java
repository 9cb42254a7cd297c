package dev.pagurus.examples.dashboard;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.UnavailableException;
import io.javalin.util.JavalinBindException;
import java.util.Map;

/** Starts the dashboard, or says in one sentence why not. */
public final class Main {

    private static final int WRONG_SETTINGS = 2;
    private static final int DATABASE_UNREACHABLE = 3;
    private static final int WRONG_DATABASE = 4;
    private static final int PORT_TAKEN = 5;

    private Main() {}

    /** Runs until it is told to stop. */
    public static void main(String[] args) {
        Map<String, String> environment = System.getenv();
        try {
            logAt(Settings.logLevel(environment)); // before anything logs
            Application application = Application.start(Settings.of(environment));
            Runtime.getRuntime().addShutdownHook(new Thread(application::close, "stop"));
        } catch (SettingsException | ConfigurationException e) {
            give(WRONG_SETTINGS, e);
        } catch (UnavailableException e) {
            give(DATABASE_UNREACHABLE, e);
        } catch (ForgottenDataException | StoreException e) {
            give(WRONG_DATABASE, e);
        } catch (JavalinBindException e) {
            give(PORT_TAKEN, e);
        }
    }

    private static void logAt(String level) {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", level);
        if (level.equals("info")) {
            System.setProperty("org.slf4j.simpleLogger.log.org.eclipse.jetty", "warn");
            System.setProperty("org.slf4j.simpleLogger.log.io.javalin", "warn");
            System.setProperty("org.slf4j.simpleLogger.log.com.zaxxer.hikari", "warn");
        }
    }

    private static void give(int status, RuntimeException reason) {
        System.err.println("The dashboard does not start: " + reason.getMessage());
        System.exit(status);
    }
}
