package dev.pagurus.store.postgres.image;

import static java.util.Map.entry;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Calls in a class by which it reaches what {@code native-image} cannot see: where they are, and how a {@link Witness} sees them. */
public final class ReflectiveCalls {

    private static final String LOOKUP = "java/lang/invoke/MethodHandles$Lookup";
    private static final String ATOMIC = "java/util/concurrent/atomic/Atomic";

    /** Services are left out: {@code native-image} itself registers what {@code ServiceLoader} may be asked for. */
    private static final Map<String, Set<String>> WATCHED = Map.ofEntries(
            entry(
                    "java/lang/Class",
                    Set.of(
                            "forName",
                            "newInstance",
                            "getMethod",
                            "getMethods",
                            "getDeclaredMethod",
                            "getDeclaredMethods",
                            "getField",
                            "getFields",
                            "getDeclaredField",
                            "getDeclaredFields",
                            "getConstructor",
                            "getConstructors",
                            "getDeclaredConstructor",
                            "getDeclaredConstructors",
                            "getClasses",
                            "getDeclaredClasses",
                            "getPermittedSubclasses",
                            "getRecordComponents",
                            "getResource",
                            "getResourceAsStream")),
            entry(
                    "java/lang/ClassLoader",
                    Set.of(
                            "loadClass",
                            "getResource",
                            "getResources",
                            "getResourceAsStream",
                            "resources",
                            "getSystemResource",
                            "getSystemResources",
                            "getSystemResourceAsStream")),
            entry("java/lang/Module", Set.of("getResourceAsStream")),
            entry("java/lang/reflect/Method", Set.of("invoke")),
            entry("java/lang/reflect/Constructor", Set.of("newInstance")),
            entry(
                    "java/lang/reflect/Field",
                    Set.of("get", "getBoolean", "getInt", "getLong", "set", "setBoolean", "setInt", "setLong")),
            entry("java/lang/reflect/Array", Set.of("newInstance")),
            entry("java/lang/reflect/Proxy", Set.of("newProxyInstance")),
            entry("java/util/ResourceBundle", Set.of("getBundle")),
            entry(ATOMIC + "IntegerFieldUpdater", Set.of("newUpdater")),
            entry(ATOMIC + "LongFieldUpdater", Set.of("newUpdater")),
            entry(ATOMIC + "ReferenceFieldUpdater", Set.of("newUpdater")),
            entry(
                    LOOKUP,
                    Set.of(
                            "findClass",
                            "findConstructor",
                            "findGetter",
                            "findSetter",
                            "findSpecial",
                            "findStatic",
                            "findStaticGetter",
                            "findStaticSetter",
                            "findStaticVarHandle",
                            "findVarHandle",
                            "findVirtual",
                            "unreflect",
                            "unreflectConstructor",
                            "unreflectGetter",
                            "unreflectSetter",
                            "unreflectSpecial",
                            "unreflectVarHandle")));

    private static final int API = Opcodes.ASM9;

    /** Where a class has such calls, as {@code Class.method called}. */
    private final List<String> sites = new ArrayList<>();

    private final Map<String, Integer> locals = new HashMap<>();
    private final ClassReader reader;

    private ReflectiveCalls(byte[] code) {
        this.reader = new ClassReader(code);
        reader.accept(new Finding(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    }

    /** Returns where the classes of a folder or jar have them. */
    public static Set<String> within(Path classes) throws IOException {
        if (!Files.isDirectory(classes)) {
            try (FileSystem jar = FileSystems.newFileSystem(classes)) {
                return within(jar.getPath("/"));
            }
        }
        Set<String> sites = new TreeSet<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".class")).toList()) {
                sites.addAll(new ReflectiveCalls(Files.readAllBytes(file)).sites);
            }
        }
        return sites;
    }

    /** Returns the class with each of them seen by the {@link Witness}, or null if it has none. */
    static byte[] witnessed(byte[] code) {
        ReflectiveCalls calls = new ReflectiveCalls(code);
        if (calls.sites.isEmpty()) {
            return null;
        }
        ClassWriter writer = new ClassWriter(calls.reader, ClassWriter.COMPUTE_MAXS);
        calls.reader.accept(calls.new Rewriting(writer), 0);
        return writer.toByteArray();
    }

    private static boolean isWatched(String owner, String name) {
        return WATCHED.getOrDefault(owner, Set.of()).contains(name);
    }

    private String site(String method, String owner, String name) {
        String type = reader.getClassName().replace('/', '.');
        return type + "." + method + " " + owner.substring(owner.lastIndexOf('/') + 1) + "." + name;
    }

    /** Finds them, also as method references, and how many locals each method has. */
    private final class Finding extends ClassVisitor {

        Finding() {
            super(API);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String method, String descriptor, String generic, String[] thrown) {
            return new MethodVisitor(API) {
                @Override
                public void visitMethodInsn(
                        int opcode, String owner, String name, String signature, boolean isInterface) {
                    if (isWatched(owner, name)) {
                        sites.add(site(method, owner, name));
                    }
                }

                @Override
                public void visitInvokeDynamicInsn(String name, String signature, Handle made, Object... arguments) {
                    for (Object argument : arguments) {
                        if (argument instanceof Handle handle && isWatched(handle.getOwner(), handle.getName())) {
                            sites.add(site(method, handle.getOwner(), handle.getName()));
                        }
                    }
                }

                @Override
                public void visitMaxs(int stack, int max) {
                    locals.put(method + descriptor, max);
                }
            };
        }
    }

    /** Puts a call of the witness before each of them, with the same arguments. Who calls stays the same. */
    private final class Rewriting extends ClassVisitor {

        Rewriting(ClassVisitor next) {
            super(API, next);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String method, String descriptor, String generic, String[] thrown) {
            MethodVisitor next = super.visitMethod(access, method, descriptor, generic, thrown);
            int free = locals.getOrDefault(method + descriptor, 0);
            return new MethodVisitor(API, next) {
                @Override
                public void visitMethodInsn(
                        int opcode, String owner, String name, String signature, boolean isInterface) {
                    if (isWatched(owner, name)) {
                        List<Type> values = new ArrayList<>(List.of(Type.getArgumentTypes(signature)));
                        if (opcode != Opcodes.INVOKESTATIC) {
                            values.add(0, Type.getObjectType(owner));
                        }
                        tell(next, values, free, site(method, owner, name), owner + "." + name);
                    }
                    super.visitMethodInsn(opcode, owner, name, signature, isInterface);
                }
            };
        }
    }

    private static void tell(MethodVisitor code, List<Type> values, int free, String site, String called) {
        int[] slots = new int[values.size()];
        int slot = free;
        for (int i = values.size() - 1; i >= 0; i--) {
            slots[i] = slot;
            code.visitVarInsn(values.get(i).getOpcode(Opcodes.ISTORE), slot);
            slot += values.get(i).getSize();
        }
        code.visitIntInsn(Opcodes.BIPUSH, values.size());
        code.visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/Object");
        for (int i = 0; i < slots.length; i++) {
            // What is no object, such as a length, tells nothing.
            if (values.get(i).getSort() >= Type.ARRAY) {
                code.visitInsn(Opcodes.DUP);
                code.visitIntInsn(Opcodes.BIPUSH, i);
                code.visitVarInsn(Opcodes.ALOAD, slots[i]);
                code.visitInsn(Opcodes.AASTORE);
            }
        }
        code.visitLdcInsn(site);
        code.visitLdcInsn(called);
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                Type.getInternalName(Witness.class),
                "saw",
                "([Ljava/lang/Object;Ljava/lang/String;Ljava/lang/String;)V",
                false);
        for (int i = 0; i < slots.length; i++) {
            code.visitVarInsn(values.get(i).getOpcode(Opcodes.ILOAD), slots[i]);
        }
    }
}
