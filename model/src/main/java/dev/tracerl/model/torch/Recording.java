package dev.tracerl.model.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Calls of a program, to be made again on the same tensors and with nothing around them: what a caller takes beyond that
 * is overhead. It shares the memory of the tensors that the calls were made with, so that calls which change them do so
 * again.
 */
public final class Recording implements AutoCloseable {
    private final TorchProgram program;
    private final PtNDManager manager;
    private final List<Entry> entries = new ArrayList<>();

    /** A call with its arguments as DJL takes them, and the bytes that it returned. */
    private record Entry(Call call, NDList inputs, List<byte[]> results) {}

    Recording(TorchProgram program, PtNDManager manager) {
        this.program = program;
        this.manager = manager;
    }

    void add(Call call, NDList results) {
        Call same = call.map(this::share);
        entries.add(new Entry(same, TorchProgram.inputs(same, manager), bytes(results)));
    }

    /** A handle of its own, because names of handles are part of a call. */
    private Tensor share(Tensor tensor) {
        PtNDArray original = tensor.array();
        PtNDArray handle = JniUtils.detachGradient(original);
        handle.attach(manager);
        if (original.getManager() != program.manager()) {
            original.attach(manager); // not freed with its scope: it may hold memory of Java's
        }
        return new Tensor(handle);
    }

    private static List<byte[]> bytes(NDList results) {
        return results.stream()
                .map((NDArray array) -> new Tensor((PtNDArray) array).bytes())
                .toList();
    }

    /** Names of the methods, in order of the calls. */
    public List<String> methods() {
        return entries.stream().map(entry -> entry.call().method()).toList();
    }

    /** The tensors of an argument of a call, until the recording closes. */
    public List<Tensor> argument(int call, int index) {
        return entries.get(call).call().arguments().get(index).stream()
                .map(this::share)
                .toList();
    }

    /** Makes all calls again. */
    public void replay() {
        for (Entry entry : entries) {
            program.forward(entry.inputs(), entry.call().gradients()).close();
        }
    }

    /** Makes all calls again; whether each returned the same bits. */
    public boolean repeats() {
        boolean same = true;
        for (Entry entry : entries) {
            try (NDList results = program.forward(entry.inputs(), entry.call().gradients())) {
                same &= Arrays.deepEquals(
                        bytes(results).toArray(), entry.results().toArray());
            }
        }
        return same;
    }

    @Override
    public void close() {
        manager.close();
    }
}
