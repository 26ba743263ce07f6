package dev.tracerl.reward.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;

/** Host and port at which other instances reach this one: not one that every machine calls its own. */
public final class AdvertisedAddress {

    private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "0", "*", "::", "[::]", "0:0:0:0:0:0:0:0");

    private AdvertisedAddress() {}

    /**
     * The configured one, or where this process listens, with the machine's name for all addresses.
     *
     * @throws IllegalStateException if it is not configured and the machine does not know its name
     */
    public static String of(RewardConfig.Http http) {
        return http.advertised().orElseGet(() -> listening(http.listening()));
    }

    /** Whether the host stands for all addresses of a machine. */
    static boolean isWildcard(String hostAndPort) {
        return WILDCARDS.contains(hostAndPort.substring(0, Math.max(0, hostAndPort.lastIndexOf(':'))));
    }

    private static String listening(String hostAndPort) {
        return isWildcard(hostAndPort) ? machine() + hostAndPort.substring(hostAndPort.lastIndexOf(':')) : hostAndPort;
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(
                    "this machine does not know its name: set tracerl.http.advertised to a host and a port", e);
        }
    }
}
