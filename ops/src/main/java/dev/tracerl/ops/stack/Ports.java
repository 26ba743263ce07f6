package dev.tracerl.ops.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

/** Hands out loopback ports that are free now, each once. */
final class Ports {

    private final Set<Integer> given = new HashSet<>();

    /** A free port. */
    int free() {
        while (true) {
            int port = bind(0);
            if (given.add(port)) {
                return port;
            }
        }
    }

    /**
     * The wanted port, or a free one for 0.
     *
     * @throws StackException if the wanted port is in use
     */
    int take(int wanted, String user) {
        if (wanted == 0) {
            return free();
        }
        if (!isFree(wanted) || !given.add(wanted)) {
            throw new StackException("port %d, wanted for the %s, is in use: stop what uses it or choose another port"
                    .formatted(wanted, user));
        }
        return wanted;
    }

    static boolean isFree(int port) {
        try {
            bind(port);
            return true;
        } catch (StackException e) {
            return false;
        }
    }

    private static int bind(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StackException("port " + port + " cannot be bound: " + e.getMessage(), e);
        }
    }
}
