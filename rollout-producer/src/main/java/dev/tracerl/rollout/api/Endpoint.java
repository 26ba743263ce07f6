package dev.tracerl.rollout.api;

/** The two ways to ask, which differ in the form of the question and the answer. */
enum Endpoint {
    COMPLETIONS("/v1/completions", "cmpl-", "text_completion", "text_completion"),
    CHAT("/v1/chat/completions", "chatcmpl-", "chat.completion", "chat.completion.chunk");

    private final String path;
    private final String idPrefix;
    private final String whole;
    private final String chunk;

    Endpoint(String path, String idPrefix, String whole, String chunk) {
        this.path = path;
        this.idPrefix = idPrefix;
        this.whole = whole;
        this.chunk = chunk;
    }

    String path() {
        return path;
    }

    String idPrefix() {
        return idPrefix;
    }

    /** Type of an answer as one object. */
    String whole() {
        return whole;
    }

    /** Type of a part of a stream. */
    String chunk() {
        return chunk;
    }
}
