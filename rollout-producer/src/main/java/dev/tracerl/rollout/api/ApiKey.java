package dev.tracerl.rollout.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What clients must know, if anything; compared without telling by the time how much of a guess is right. */
record ApiKey(Optional<String> key) {

    private static final String SCHEME = "Bearer ";

    boolean opens(@Nullable String authorization) {
        if (key.isEmpty()) {
            return true;
        }
        return authorization != null
                && authorization.startsWith(SCHEME)
                && MessageDigest.isEqual(
                        key.get().getBytes(UTF_8),
                        authorization.substring(SCHEME.length()).getBytes(UTF_8));
    }
}
