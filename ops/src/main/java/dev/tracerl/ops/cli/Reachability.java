package dev.tracerl.ops.cli;

import dev.tracerl.ops.stack.StackException;
import dev.tracerl.schemas.client.Connection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Utils;

/** Says within seconds that nobody listens, where Kafka's clients would go on trying for a minute. */
final class Reachability {

    private static final Duration LIMIT = Duration.ofSeconds(3);

    private Reachability() {}

    /** @throws StackException if broker or registry do not take connections */
    static Connection require(Connection connection) {
        require("broker", "--bootstrap-servers", split(connection.bootstrapServers()));
        require(
                "registry",
                "--registry-url",
                split(connection.registryUrl()).stream()
                        .map(Reachability::address)
                        .toList());
        return connection;
    }

    private static void require(String what, String option, List<String> addresses) {
        if (addresses.stream().noneMatch(Reachability::listens)) {
            throw new StackException("the %s at %s cannot be reached: is it running? See tracerl status, or check %s"
                    .formatted(what, String.join(",", addresses), option));
        }
    }

    private static boolean listens(String address) {
        String host = Utils.getHost(address);
        Integer port = Utils.getPort(address);
        if (host == null || port == null) {
            return false;
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), (int) LIMIT.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String address(String url) {
        URI uri = URI.create(url.strip());
        int port = uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
        return uri.getHost() + ":" + port;
    }

    private static List<String> split(String list) {
        return Arrays.stream(list.split(",")).map(String::strip).toList();
    }
}
