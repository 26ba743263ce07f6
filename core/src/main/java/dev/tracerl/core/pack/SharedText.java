package dev.tracerl.core.pack;

import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Clean text that packed examples have in common, such as the prompt of a group's responses: whole blocks of clean rows
 * with the same tokens at the same positions after the same blocks. What a network makes of such rows is the same in
 * every example, so that they are evaluated once; their gradients add up. Mutable; examples are added one by one.
 */
public final class SharedText {

    /** Where a block of clean rows was met first. */
    private record Place(int id, int example, int row) {}

    /** A block of clean rows and the id of the one before it, -1 for none. */
    private record Block(int before, IntBuffer tokens, IntBuffer positions) {}

    private final Map<Block, Place> places = new HashMap<>();

    /**
     * Where the clean rows of an example were met first: in an earlier example or in itself.
     *
     * @param example {@code (cleanLength)} number of the example
     * @param row {@code (cleanLength)} row in that example
     */
    public record Origin(int[] example, int[] row) {}

    /**
     * Adds an example and says where its clean rows were met first.
     *
     * @param number any number by which the caller knows it
     */
    public Origin add(int number, PackedExample example) {
        int length = example.cleanLength();
        Origin origin = new Origin(new int[length], new int[length]);
        int before = -1;
        for (int from = 0; from < length; from = example.clean()[from]) {
            int to = example.clean()[from];
            Block block = new Block(
                    before,
                    IntBuffer.wrap(example.tokens(), from, to - from),
                    IntBuffer.wrap(example.positions(), from, to - from));
            int first = from;
            Place place = places.computeIfAbsent(block, key -> new Place(places.size(), number, first));
            for (int row = from; row < to; row++) {
                origin.example()[row] = place.example();
                origin.row()[row] = place.row() + row - from;
            }
            before = place.id();
        }
        return origin;
    }

    /** Adds an example and counts its rows that no other example holds, which must have other numbers. */
    public int addedRows(int number, PackedExample example) {
        return example.rows()
                - (int) Arrays.stream(add(number, example).example())
                        .filter(origin -> origin != number)
                        .count();
    }
}
