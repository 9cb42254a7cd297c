package dev.pagurus.store.internal.copy;

import dev.pagurus.store.CopyException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** The files of an export. Whoever made it may mean harm, so nothing is read without a limit. */
final class ExportZip implements AutoCloseable {

    /** More than 10,000 entries take. The whole list is read into memory when the file is opened. */
    private static final long MAX_LIST_BYTES = 4 << 20;

    private static final int END_BYTES = 22;
    private static final int END = 0x06054b50;

    private final ZipFile zip;

    ExportZip(Path path) throws IOException {
        requireShortList(path);
        this.zip = new ZipFile(path.toFile());
    }

    int size() {
        return zip.size();
    }

    /** Opens one of them; how much may be read is to be said. */
    Limited open(String name) throws IOException {
        @Nullable ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new ZipException("it has no " + name);
        }
        return new Limited(zip.getInputStream(entry));
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    /** With a comment or anything else behind it, the end would have to be searched for, and others could find another. */
    private static void requireShortList(Path path) throws IOException {
        try (SeekableByteChannel file = Files.newByteChannel(path)) {
            ByteBuffer end = ByteBuffer.allocate(END_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            file.position(Math.max(0, file.size() - END_BYTES));
            while (end.hasRemaining() && file.read(end) >= 0) {
                // It may come in parts.
            }
            if (end.hasRemaining() || end.getInt(0) != END || end.getShort(END_BYTES - 2) != 0) {
                throw new ZipException("it does not end as one.");
            }
            long list = Integer.toUnsignedLong(end.getInt(12));
            if (list > MAX_LIST_BYTES) {
                throw new ZipException(
                        "its list of files takes " + list + " bytes, more than the " + MAX_LIST_BYTES + " allowed.");
            }
        }
    }

    /** What was unpacked, which may be a thousand times as much as there is in the file, or go on for ever. */
    static final class Limited extends FilterInputStream {

        /** What a parser may have read before anything is allowed, and reads ahead. */
        private static final int AHEAD = 1 << 16;

        private long allowed;
        private long left = AHEAD;

        private Limited(InputStream in) {
            super(in);
        }

        /** Allows so many bytes from here on. */
        void allow(long bytes) {
            allowed = bytes;
            left = bytes + AHEAD;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left <= 0 && length > 0) {
                throw new CopyException("There are more than " + allowed + " bytes where no more are allowed.");
            }
            int read = in.read(bytes, offset, (int) Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }
    }
}
