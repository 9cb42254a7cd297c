package dev.pagurus.examples.benchmarks.words;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Texts that people have written, of this machine: manual pages and other documentation, each paragraph cut into pieces of
 * 10 to 20 words. The same ones in each run on the same files.
 */
final class RealTexts {

    private static final int FEWEST = 10;
    private static final int MOST = 20;
    private static final int LARGEST_FILE = 4 << 20;

    private final Set<String> texts = new LinkedHashSet<>();
    private final SplittableRandom random = new SplittableRandom(1);
    private final int wanted;

    private RealTexts(int wanted) {
        this.wanted = wanted;
    }

    /** Returns as many as there are, no two alike, up to a number. */
    static List<String> of(List<Path> folders, int wanted) throws IOException {
        RealTexts real = new RealTexts(wanted);
        for (Path folder : folders) {
            List<Path> files;
            try (Stream<Path> all = Files.walk(folder)) {
                files = all.filter(Files::isRegularFile).sorted().toList();
            }
            for (Path file : files) {
                if (real.texts.size() < wanted) {
                    real.read(file);
                }
            }
        }
        return new ArrayList<>(real.texts);
    }

    private void read(Path file) throws IOException {
        boolean packed = file.getFileName().toString().endsWith(".gz");
        String text;
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = packed ? new GZIPInputStream(raw) : raw) {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(in.readNBytes(LARGEST_FILE)))
                    .toString();
        } catch (CharacterCodingException | ZipException e) {
            return; // no text
        }
        List<String> words = new ArrayList<>();
        int length = length();
        for (String line : text.lines().toList()) {
            if (line.isBlank() || line.startsWith(".")) {
                words.clear();
                continue;
            }
            for (String word : line.strip().split("\\s+", -1)) {
                words.add(word);
                if (words.size() == length && texts.size() < wanted) {
                    texts.add(String.join(" ", words));
                    words.clear();
                    length = length();
                }
            }
        }
    }

    private int length() {
        return random.nextInt(FEWEST, MOST + 1);
    }
}
