package dev.tracerl.model.text;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A tokenizer of the kind large models have, with the 256 bytes as its only tokens. */
final class ByteLevel {
    private ByteLevel() {}

    static String tokenizer() {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("version", "1.0").putArray("added_tokens");
        for (String stage : new String[] {"pre_tokenizer", "decoder"}) {
            ObjectNode level = root.putObject(stage).put("type", "ByteLevel").put("add_prefix_space", false);
            level.put("trim_offsets", false).put("use_regex", true);
        }
        ObjectNode model = root.putObject("model").put("type", "BPE");
        model.putArray("merges");
        ObjectNode vocabulary = model.putObject("vocab");
        int shifted = 256;
        for (int value = 0; value < 256; value++) {
            boolean printable = (value >= '!' && value <= '~') || (value >= 0xA1 && value <= 0xAC) || value >= 0xAE;
            int symbol = printable ? value : shifted++;
            vocabulary.put(String.valueOf((char) symbol), value);
        }
        return root.toString();
    }
}
