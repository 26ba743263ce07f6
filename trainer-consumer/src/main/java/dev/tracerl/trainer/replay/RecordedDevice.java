package dev.tracerl.trainer.replay;

import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.trainer.train.ModelLearner.Device;
import java.util.List;
import java.util.Objects;

/** Where steps were trained: another device or number of threads rounds differently. */
final class RecordedDevice {

    private RecordedDevice() {}

    /**
     * The device of all the steps.
     *
     * @param otherwise for steps that do not say
     * @throws ReplayException naming the step at which it changed
     */
    static Device of(List<TrainStep> steps, Device otherwise) {
        Device first = of(steps.get(0), otherwise);
        for (TrainStep step : steps) {
            Device device = of(step, otherwise);
            if (!device.equals(first)) {
                throw new ReplayException("steps before " + step.getStep() + " were trained on " + text(first)
                        + ", that one on " + text(device)
                        + "; one process cannot do both: end before it, or start from a trainer state after it");
            }
        }
        return first;
    }

    private static Device of(TrainStep step, Device otherwise) {
        return new Device(
                Objects.requireNonNullElse(step.getDevice(), otherwise.name()),
                Objects.requireNonNullElse(step.getThreads(), otherwise.threads()));
    }

    private static String text(Device device) {
        return device.name() + " with " + device.threads() + " threads";
    }
}
