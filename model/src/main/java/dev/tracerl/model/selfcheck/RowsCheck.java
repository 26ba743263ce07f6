package dev.tracerl.model.selfcheck;

import static dev.tracerl.model.selfcheck.Vectors.bits;
import static dev.tracerl.model.selfcheck.Vectors.different;
import static dev.tracerl.model.selfcheck.Vectors.ints;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tracerl.core.pack.ReferenceFullRows;
import dev.tracerl.core.pack.ReferenceLayout;
import dev.tracerl.core.pack.ReferenceRow;
import dev.tracerl.core.pack.ReferenceRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Training rows in the layout of the published code. */
final class RowsCheck {
    private RowsCheck() {}

    /** Entries of block attention's rows that differ. */
    static double block(JsonNode vector) {
        List<ReferenceRow> rows = new ArrayList<>();
        ReferenceLayout layout = layout(vector, vector.get("block_size").intValue());
        for (int response = 0; response < vector.get("ids").size(); response++) {
            rows.addAll(ReferenceRows.responseAligned(
                    ints(vector.get("ids").get(response)),
                    vector.get("prompt_length").intValue(),
                    ints(vector.get("step_maps").get(response)),
                    layout));
        }
        return compare(rows, vector.get("rows"), RowsCheck::blockRow);
    }

    /** Entries of full attention's rows that differ. */
    static double full(JsonNode vector) {
        ReferenceFullRows.Family family = ReferenceFullRows.Family.valueOf(
                vector.get("family").textValue().toUpperCase(Locale.ROOT));
        List<ReferenceRow> rows = new ArrayList<>();
        for (int response = 0; response < vector.get("ids").size(); response++) {
            rows.addAll(ReferenceFullRows.of(
                    family,
                    ints(vector.get("ids").get(response)),
                    vector.get("prompt_length").intValue(),
                    ints(vector.get("step_maps").get(response)),
                    layout(vector, 1)));
        }
        return compare(rows, vector.get("rows"), RowsCheck::fullRow);
    }

    private interface RowComparison {
        double different(ReferenceRow row, JsonNode published);
    }

    private static double compare(List<ReferenceRow> rows, JsonNode published, RowComparison comparison) {
        if (rows.size() != published.size()) {
            return Math.max(rows.size(), published.size());
        }
        double different = 0;
        for (int r = 0; r < rows.size(); r++) {
            different += comparison.different(rows.get(r), published.get(r));
            different +=
                    different(bits(rows.get(r).targets()), bits(published.get(r).get("target_mask")));
            different += different(rows.get(r).labels(), ints(published.get(r).get("labels")));
        }
        return different;
    }

    private static double blockRow(ReferenceRow row, JsonNode published) {
        double different = different(row.extendedIds(), ints(published.get("extended_ids")));
        different += different(row.positions(), ints(published.get("position_ids")));
        for (int i = 0; i < row.attention().length; i++) {
            different += different(
                    bits(row.attention()[i]), bits(published.get("attention").get(i)));
        }
        return different;
    }

    private static double fullRow(ReferenceRow row, JsonNode published) {
        double different = different(row.extendedIds(), ints(published.get("ids")));
        int[] visible = new int[row.labels().length];
        Arrays.fill(visible, 1);
        JsonNode keys = published.get("key_visible");
        for (boolean[] sees : row.attention()) {
            different += different(bits(sees), keys.isNull() ? visible : bits(keys));
        }
        return different;
    }

    private static ReferenceLayout layout(JsonNode vector, int blockSize) {
        JsonNode pads = vector.get("post_num");
        return new ReferenceLayout(
                blockSize,
                vector.get("shrink").intValue(),
                vector.get("mask_id").intValue(),
                vector.get("pad_id").intValue(),
                pads.isNull() ? Integer.MAX_VALUE : pads.intValue());
    }
}
