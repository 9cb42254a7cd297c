package dev.pagurus.store.postgres.image;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;

/**
 * Has a {@link Witness} see all that our modules, the pool and the driver of PostgreSQL, and Jackson reach by reflection in a
 * JVM. It does what GraalVM's tracing agent does, which is a part of its JDKs only.
 */
public final class WitnessAgent implements ClassFileTransformer {

    /** SQLite's driver is not among them: it has what it needs in its own jar. */
    private static final Pattern LOOKED_AT = Pattern.compile(
            ".*/(store-(api|sqlite|postgres)|HikariCP|postgresql|jackson-[a-z]+)(-[^/]*\\.jar|/target/classes/)");

    private WitnessAgent() {}

    /** Makes what {@code -javaagent} wants; its classes are on the class path. */
    public static Path jar(Path folder) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", WitnessAgent.class.getName());
        Path jar = folder.resolve("witness.jar");
        try (OutputStream file = Files.newOutputStream(jar)) {
            new JarOutputStream(file, manifest).close();
        }
        return jar;
    }

    /**
     * Begins, before the program.
     *
     * @param file where to write what was seen, when the program ends
     */
    public static void premain(String file, Instrumentation instrumentation) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Witness.write(Path.of(file))));
        instrumentation.addTransformer(new WitnessAgent());
    }

    @Override
    public byte[] transform(ClassLoader loader, String name, Class<?> before, ProtectionDomain domain, byte[] code) {
        try {
            return loader == ClassLoader.getSystemClassLoader() && isLookedAt(domain)
                    ? ReflectiveCalls.witnessed(code)
                    : null;
        } catch (RuntimeException | LinkageError e) {
            Witness.failed(name, e);
            return null;
        }
    }

    private static boolean isLookedAt(ProtectionDomain domain) {
        CodeSource source = domain == null ? null : domain.getCodeSource();
        return source != null
                && source.getLocation() != null
                && LOOKED_AT.matcher(source.getLocation().getPath()).matches();
    }
}
