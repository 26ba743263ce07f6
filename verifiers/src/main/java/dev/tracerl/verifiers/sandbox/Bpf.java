package dev.tracerl.verifiers.sandbox;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Assembles a program of classic BPF over {@code struct seccomp_data}, in the layout that the kernel takes. */
final class Bpf {

    /** Offset of the number of the call. */
    static final int NUMBER = 0;

    /** Offset of the architecture. */
    static final int ARCHITECTURE = 4;

    private static final int LOAD_WORD = 0x20;
    private static final int JUMP_EQUAL = 0x15;
    private static final int JUMP_AT_LEAST = 0x35;
    private static final int JUMP_ANY_BIT = 0x45;
    private static final int RETURN = 0x06;
    private static final int ARGUMENTS = 16;
    private static final int INSTRUCTION_BYTES = 8;

    private final List<Instruction> program = new ArrayList<>();

    /** Offset of the low half of an argument; low-endian machines only. */
    static int argument(int index) {
        return ARGUMENTS + 8 * index;
    }

    Bpf load(int offset) {
        return add(LOAD_WORD, 0, offset);
    }

    Bpf returnWith(int action) {
        return add(RETURN, 0, action);
    }

    /** Returns the action if the loaded word equals the value. */
    Bpf returnIfEqual(int value, int action) {
        return add(JUMP_EQUAL, 1, value).returnWith(action);
    }

    /** Returns the action if the loaded word differs from the value. */
    Bpf returnUnlessEqual(int value, int action) {
        program.add(new Instruction(JUMP_EQUAL, 1, 0, value));
        return returnWith(action);
    }

    /** Returns the action if the loaded word, unsigned, is at least the value. */
    Bpf returnIfAtLeast(int value, int action) {
        return add(JUMP_AT_LEAST, 1, value).returnWith(action);
    }

    /** Returns the action if the loaded word has any of the bits. */
    Bpf returnIfAnyBit(int bits, int action) {
        return add(JUMP_ANY_BIT, 1, bits).returnWith(action);
    }

    /** Runs the block, which must return in the end, if the loaded word equals the value. */
    Bpf whenEqual(int value, Bpf block) {
        program.add(new Instruction(JUMP_EQUAL, 0, block.program.size(), value));
        program.addAll(block.program);
        return this;
    }

    /** The program: {@code struct sock_filter} by {@code struct sock_filter}. */
    byte[] bytes() {
        ByteBuffer bytes =
                ByteBuffer.allocate(program.size() * INSTRUCTION_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (Instruction each : program) {
            bytes.putShort((short) each.code).put((byte) each.ifTrue).put((byte) each.ifFalse);
            bytes.putInt(each.operand);
        }
        return bytes.array();
    }

    /** A test goes on with the next instruction if it holds, and skips some if not. */
    private Bpf add(int code, int skipUnless, int operand) {
        program.add(new Instruction(code, 0, skipUnless, operand));
        return this;
    }

    private record Instruction(int code, int ifTrue, int ifFalse, int operand) {}
}
