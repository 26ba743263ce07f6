package dev.tracerl.model.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;

/** Starts libtorch once and turns what can go wrong into one sentence. */
final class TorchEngine {
    private TorchEngine() {}

    static synchronized Engine start(int threads) {
        try {
            Engine engine = Engine.getEngine("PyTorch");
            JniUtils.setNumThreads(threads);
            return engine;
        } catch (EngineException | LinkageError e) {
            throw new TorchUnavailableException(
                    "PyTorch has no native library for " + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch")
                            + " on the class path; add ai.djl.pytorch:pytorch-native-cpu with the classifier of this"
                            + " platform, or point PYTORCH_LIBRARY_PATH to a libtorch 2.7.1",
                    e);
        }
    }

    static Device device(Engine engine, String name) {
        if (name.equals("cpu")) {
            return Device.cpu();
        }
        if (!name.matches("cuda(:\\d{1,3})?")) {
            throw new IllegalArgumentException("device must be cpu, cuda or cuda:<index>, got " + name);
        }
        int index = name.equals("cuda") ? 0 : Integer.parseInt(name.substring("cuda:".length()));
        int present = engine.getGpuCount();
        if (index >= present) {
            throw new TorchUnavailableException("device " + name + " does not exist: PyTorch sees " + present
                    + " CUDA devices (a CPU build of libtorch sees none)");
        }
        return Device.gpu(index);
    }
}
