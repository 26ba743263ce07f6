package dev.tracerl.model.network;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Neighbouring parameters of one group: rows of one of the program's tensors.
 *
 * @param group number of the group, and of the tensor
 * @param firstRow first row in the tensor
 * @param parts the parameters
 */
public record ParameterSlice(int group, long firstRow, ParameterGroup parts) {

    /** Every parameter of a configuration on its own, in the order of the program. */
    public static List<ParameterSlice> of(ModelConfig config) {
        List<ParameterSlice> slices = new ArrayList<>();
        List<ParameterGroup> groups = ParameterLayout.of(config);
        for (int group = 0; group < groups.size(); group++) {
            long row = 0;
            for (ParameterSpec part : groups.get(group).parts()) {
                slices.add(new ParameterSlice(group, row, ParameterGroup.of(part)));
                row += part.shape().get(0);
            }
        }
        return slices;
    }

    /** The same rows in as few slices as possible; the given ones are in the order of the program. */
    public static List<ParameterSlice> joined(List<ParameterSlice> slices) {
        List<ParameterSlice> joined = new ArrayList<>();
        for (ParameterSlice slice : slices) {
            int last = joined.size() - 1;
            if (last >= 0 && joined.get(last).touches(slice)) {
                joined.set(last, joined.get(last).with(slice));
            } else {
                joined.add(slice);
            }
        }
        return joined;
    }

    private boolean touches(ParameterSlice next) {
        return group == next.group && firstRow + rows() == next.firstRow;
    }

    private ParameterSlice with(ParameterSlice next) {
        List<ParameterSpec> both = Stream.concat(parts.parts().stream(), next.parts.parts().stream())
                .toList();
        return new ParameterSlice(group, firstRow, new ParameterGroup(both));
    }

    /** Number of rows. */
    public long rows() {
        return parts.shape().get(0);
    }

    /** The first parameter. */
    public ParameterSpec first() {
        return parts.parts().get(0);
    }
}
