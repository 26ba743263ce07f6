package dev.tracerl.model.torch;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * TorchScript source, compiled and ready to be called on one device. One instance serves one thread at a time.
 *
 * <p>Gradients and the graph optimizer are switched explicitly before every call, because both are thread-local in
 * libtorch and gradients are on by default in new threads. Number of threads inside an operator: fixed per process.
 */
public final class TorchProgram implements AutoCloseable {
    private final PtNDManager manager;
    private final PtSymbolBlock module;
    private @Nullable Recording recording;

    private TorchProgram(PtNDManager manager, PtSymbolBlock module) {
        this.manager = manager;
        this.module = module;
    }

    /**
     * Compiles the concatenated resources.
     *
     * @param device {@code cpu}, {@code cuda} or {@code cuda:1}
     * @param threads threads inside an operator, the same for every program of the process
     * @throws TorchUnavailableException if PyTorch or the device is not available here
     */
    public static TorchProgram load(String device, int threads, List<String> resources) {
        StringBuilder source = new StringBuilder();
        resources.forEach(resource -> source.append(text(resource)).append('\n'));
        Engine engine = TorchEngine.start(threads);
        PtNDManager manager = (PtNDManager) engine.newBaseManager(TorchEngine.device(engine, device));
        try (InputStream archive = new ByteArrayInputStream(TorchArchive.of(source.toString()))) {
            return new TorchProgram(manager, JniUtils.loadModule(manager, archive, false, false));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String resource) {
        try (InputStream stream = TorchProgram.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalArgumentException("no resource " + resource);
            }
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens a scope for the tensors of one piece of work. */
    public TensorScope scope() {
        return new TensorScope(this, manager.newSubManager(manager.getDevice()));
    }

    /** How many tensors live outside scopes; it stays constant if nothing leaks. */
    public int keptTensors() {
        return manager.getManagedArrays().size();
    }

    /** Does some work and makes note of the calls that it makes. */
    public Recording record(Runnable work) {
        Recording calls = new Recording(this, manager.newSubManager(manager.getDevice()));
        recording = calls;
        try {
            work.run();
        } finally {
            recording = null;
        }
        return calls;
    }

    PtNDManager manager() {
        return manager;
    }

    /** Results attach to {@code scope}. */
    NDList run(Call call, PtNDManager scope) {
        NDList results = forward(inputs(call, scope), call.gradients());
        if (recording != null) {
            recording.add(call, results);
        }
        return results;
    }

    /** A call as DJL takes it; results will attach to {@code scope}, because DJL attaches them to the manager of the first. */
    static NDList inputs(Call call, PtNDManager scope) {
        PtNDArray method = scope.create(new Shape(), DataType.INT32);
        method.setName("module_method:" + call.method());
        NDList inputs = new NDList(method);
        List<List<Tensor>> arguments = call.arguments();
        for (int i = 0; i < arguments.size(); i++) {
            for (Tensor tensor : arguments.get(i)) {
                tensor.array().setName(call.name(i));
                inputs.add(tensor.array());
            }
        }
        return inputs;
    }

    NDList forward(NDList inputs, boolean gradients) {
        JniUtils.setGradMode(gradients);
        JniUtils.setGraphExecutorOptimize(false);
        return IValueUtils.forward(module, inputs, true);
    }

    @Override
    public void close() {
        module.close();
        manager.close();
    }
}
