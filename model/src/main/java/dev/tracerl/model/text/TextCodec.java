package dev.tracerl.model.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tokenizer in the form of Hugging Face's {@code tokenizer.json}. Never truncates, pads or adds special tokens. */
public final class TextCodec implements AutoCloseable {
    /** Tokens are decoded in windows of this size, so that offsets of long texts stay cheap. */
    private static final int WINDOW = 32;

    private final HuggingFaceTokenizer tokenizer;

    private TextCodec(HuggingFaceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * Builds a codec from the text of a {@code tokenizer.json}.
     *
     * @throws IllegalArgumentException if it is not one
     */
    public static TextCodec fromJson(String tokenizerJson) {
        Map<String, String> options = Map.of(
                "truncation", "DO_NOT_TRUNCATE",
                "padding", "DO_NOT_PAD",
                "addSpecialTokens", "false");
        try {
            byte[] bytes = tokenizerJson.getBytes(UTF_8);
            return new TextCodec(HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(bytes), options));
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("tokenizer.json cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Splits a text into tokens; names of special tokens in it become those tokens.
     *
     * @throws IllegalArgumentException if the tokenizer has no token for a part of the text
     */
    public Encoding encode(String text) {
        try {
            ai.djl.huggingface.tokenizers.Encoding encoding = tokenizer.encode(text, false, false);
            int[] ids =
                    Arrays.stream(encoding.getIds()).mapToInt(Math::toIntExact).toArray();
            return new Encoding(ids, offsets(text, encoding.getCharTokenSpans()));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("text cannot be encoded: " + e.getMessage(), e);
        }
    }

    /** The tokenizer counts code points, Java counts {@code char}s. */
    private static int[] offsets(String text, @Nullable CharSpan[] spans) {
        int[] offsets = new int[spans.length];
        int last = 0;
        int points = 0;
        for (int i = 0; i < spans.length; i++) {
            CharSpan span = spans[i];
            if (span != null) {
                last = text.offsetByCodePoints(last, span.getStart() - points);
                points = span.getStart();
            }
            offsets[i] = last;
        }
        return offsets;
    }

    /** The text of tokens, special tokens left out. */
    public String decode(int[] ids) {
        return tokenizer.decode(Arrays.stream(ids).asLongStream().toArray(), true);
    }

    /** The text of tokens, and where in it each token begins. */
    public Decoding decodeWithOffsets(int[] ids) {
        String text = decode(ids);
        int[] offsets = new int[ids.length];
        int length = 0;
        int from = 0;
        int before = 0;
        for (int i = 0; i < ids.length; i++) {
            offsets[i] = Math.min(length, text.length());
            String window = decode(Arrays.copyOfRange(ids, from, i + 1));
            length += window.length() - before;
            before = window.length();
            if (i - from >= WINDOW && !window.endsWith("\uFFFD")) {
                from = i;
                before = decode(new int[] {ids[i]}).length();
            }
        }
        return new Decoding(text, offsets);
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
