package dev.tracerl.trainer.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.trainer.train.ModelLearner.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Tells another process how a replay goes: one JSON object per line, each with an {@code event}.
 *
 * <pre>
 *   started  step, to, device, threads, build, builds
 *   trained  step, loss
 *   same     version, sha256
 *   differs  step, version, what     the last line, unless every version is the same
 *   failed   reason                  the last line: the log lacks what it takes
 *   broken   reason                  the last line: anything else
 *   ended                            the last line
 * </pre>
 */
final class ReplayReport implements ReplayListener {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    /** @param file appended to */
    ReplayReport(Path file) {
        this.file = file;
    }

    @Override
    public void started(long step, long to, Device device, Builds builds) {
        ObjectNode event = event("started")
                .put("step", step)
                .put("to", to)
                .put("device", device.name())
                .put("threads", device.threads())
                .put("build", builds.own());
        builds.recorded().forEach(event.putArray("builds")::add);
        write(event);
    }

    @Override
    public void trained(TrainStep recorded, double loss) {
        write(event("trained").put("step", recorded.getStep()).put("loss", loss));
    }

    @Override
    public void same(long version, String sha256) {
        write(event("same").put("version", version).put("sha256", sha256));
    }

    @Override
    public void differs(Difference difference) {
        ObjectNode event = event("differs").put("step", difference.step()).put("version", difference.version());
        difference.what().forEach(event.putArray("what")::add);
        write(event);
    }

    /** The log lacks what it takes. */
    void failed(String reason) {
        write(event("failed").put("reason", reason));
    }

    /** Something else went wrong. */
    void broken(String reason) {
        write(event("broken").put("reason", reason));
    }

    /** Every version was the same. */
    void ended() {
        write(event("ended"));
    }

    private static ObjectNode event(String name) {
        return JSON.createObjectNode().put("event", name);
    }

    private void write(ObjectNode event) {
        try {
            Files.writeString(
                    file, JSON.writeValueAsString(event) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers is always JSON", e);
        } catch (IOException e) {
            throw new UncheckedIOException("tracerl.replay.report: " + file + " cannot be written to", e);
        }
    }
}
