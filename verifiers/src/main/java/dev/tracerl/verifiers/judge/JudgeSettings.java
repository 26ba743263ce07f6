package dev.tracerl.verifiers.judge;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How to reach the judge: infrastructure, from the environment, so that none of it is on the log.
 *
 * <pre>
 *   TRACERL_JUDGE_URL          base URL, such as http://127.0.0.1:8000/v1
 *   TRACERL_JUDGE_KEY          sent as a bearer token; optional
 *   TRACERL_JUDGE_CONCURRENCY  requests of this process at one time, 4
 *   TRACERL_JUDGE_MAX_CHARACTERS  longest response that fits into what the judge can read, 32000
 * </pre>
 *
 * @param endpoint URL of chat completions
 * @param concurrency requests at one time
 * @param maxCharacters longest response; what is not ASCII counts as its bytes in UTF-8
 * @param firstPause pause before the first repetition; every further one doubles it
 */
record JudgeSettings(URI endpoint, Optional<String> key, int concurrency, int maxCharacters, Duration firstPause) {

    static final String URL = "TRACERL_JUDGE_URL";
    static final String KEY = "TRACERL_JUDGE_KEY";
    static final String CONCURRENCY = "TRACERL_JUDGE_CONCURRENCY";
    static final String CHARACTERS = "TRACERL_JUDGE_MAX_CHARACTERS";

    private static final int MAX_CONCURRENCY = 256;
    private static final int MAX_CHARACTERS = 1_000_000;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    /** @throws IllegalArgumentException saying what is wrong or missing, without any key */
    static JudgeSettings of(Map<String, String> environment) {
        Optional<String> key =
                Optional.ofNullable(environment.get(KEY)).map(String::strip).filter(text -> !text.isEmpty());
        if (key.filter(text -> !text.matches("[\\x21-\\x7e]+")).isPresent()) {
            throw new IllegalArgumentException(KEY + " has characters that a header cannot carry");
        }
        return new JudgeSettings(
                endpoint(environment.getOrDefault(URL, "").strip()),
                key,
                number(environment, CONCURRENCY, "4", MAX_CONCURRENCY),
                number(environment, CHARACTERS, "32000", MAX_CHARACTERS),
                FIRST_PAUSE);
    }

    /** The message does not repeat the URL, which may hold a password. */
    private static URI endpoint(String url) {
        if (url.isEmpty()) {
            throw new IllegalArgumentException("set " + URL + " to its base URL, such as http://127.0.0.1:8000/v1");
        }
        IllegalArgumentException malformed = new IllegalArgumentException(
                URL + " must be http://HOST[:PORT]/PATH or https://..., without user, query or fragment");
        try {
            URI base = URI.create(url);
            boolean plain = base.getUserInfo() == null && base.getQuery() == null && base.getFragment() == null;
            if (!plain
                    || base.getHost() == null
                    || !String.valueOf(base.getScheme()).matches("https?")) {
                throw malformed;
            }
            return URI.create(url.replaceAll("/+$", "") + "/chat/completions");
        } catch (IllegalArgumentException e) {
            throw malformed;
        }
    }

    /** A variable that is empty is one that is not set. */
    private static int number(Map<String, String> environment, String name, String absent, int max) {
        String set = environment.getOrDefault(name, "").strip();
        String text = set.isEmpty() ? absent : set;
        if (!text.matches("\\d{1,7}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > max) {
            throw new IllegalArgumentException(name + " is " + text + ", must be from 1 to " + max);
        }
        return Integer.parseInt(text);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "JudgeSettings[" + endpoint + ", " + concurrency + " at one time]";
    }
}
