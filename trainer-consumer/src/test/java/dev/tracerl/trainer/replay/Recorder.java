package dev.tracerl.trainer.replay;

import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.trainer.train.ModelLearner.Device;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Remembers how a replay went. */
final class Recorder implements ReplayListener {

    private final List<Long> starts = new ArrayList<>();
    private final List<Builds> builds = new ArrayList<>();
    private final List<Long> trained = new ArrayList<>();
    private final Map<Long, String> same = new LinkedHashMap<>();

    /** Steps that replays started from. */
    List<Long> starts() {
        return starts;
    }

    /** Builds of each replay. */
    List<Builds> builds() {
        return builds;
    }

    /** Steps that were trained again. */
    List<Long> trained() {
        return trained;
    }

    /** Checksums of the versions that were the same. */
    Map<Long, String> same() {
        return same;
    }

    @Override
    public void started(long step, long to, Device device, Builds builds) {
        starts.add(step);
        this.builds.add(builds);
    }

    @Override
    public void trained(TrainStep recorded, double loss) {
        trained.add(recorded.getStep());
    }

    @Override
    public void same(long version, String sha256) {
        same.put(version, sha256);
    }

    @Override
    public void differs(Difference difference) {}
}
