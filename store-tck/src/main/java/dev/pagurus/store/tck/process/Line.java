package dev.pagurus.store.tck.process;

import dev.pagurus.store.tck.watch.OwnSockets;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.TimeUnit;

/** A connection between the two JVMs. One call at a time: used by one thread, at each end. */
final class Line implements Closeable {

    /** Longer than any call of a store may take that the kit makes. */
    private static final int PATIENCE_MILLIS = (int) TimeUnit.MINUTES.toMillis(2);

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    Line(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
        OwnSockets.opened(this);
    }

    /** Proves that one may call: other programs of this machine can connect too. */
    void introduce(String password) throws IOException {
        out.writeUTF(password);
        out.flush();
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    boolean isIntroduced(String password) throws IOException {
        return in.readUTF().equals(password);
    }

    void send(Message message) throws IOException {
        byte[] bytes = Wire.bytes(message);
        out.writeInt(bytes.length);
        out.write(bytes);
        out.flush();
    }

    Message receive() throws IOException {
        return Wire.message(in.readNBytes(in.readInt()));
    }

    @Override
    public void close() throws IOException {
        socket.close();
        OwnSockets.closed(this);
    }
}
