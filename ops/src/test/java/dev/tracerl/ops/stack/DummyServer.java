package dev.tracerl.ops.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** A child for tests: listens on a port; ends with the code that it finds in a file, which it takes away. */
final class DummyServer {

    private DummyServer() {}

    /** @param args port, and the file */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path file = Path.of(args[1]);
        try (ServerSocket server = new ServerSocket(Integer.parseInt(args[0]), 10, InetAddress.getLoopbackAddress())) {
            while (server.isBound() && !Files.exists(file)) {
                Thread.sleep(20);
            }
        }
        int code = Integer.parseInt(Files.readString(file).strip());
        Files.delete(file);
        System.exit(code);
    }
}
