package dev.tracerl.ops.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.ops.log.TestLog;
import dev.tracerl.ops.log.TestRun;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Fork;
import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.OptimizerStart;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.RunState;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.avro.WeightSource;
import dev.tracerl.schemas.client.TopicReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForkIT {

    private final TestLog log = TestLog.shared();
    private TestRun origin;

    @BeforeAll
    void trainARun() {
        TestRun.warmUp(log, "fork-warm-up").versions(0, 1, 2).step(1, 0, 3).step(2, 3, 5);
        origin = TestRun.reinforcement(log, "fork-rl", "fork-warm-up")
                .versions(0, 1, 2, 3)
                .drop(1)
                .states(2)
                .status(RunState.FINISHED, 3L);
    }

    @Test
    void aForkStartsFromTheVersionAndLeavesTheOtherRunAsItIs() {
        // Given
        Map<String, String> before = log.digests(origin.topics().all());

        // When
        TestLog.Result result = fork("2", "fork-a", "--set", "groups.maxLag=1", "--set", "loss.clip=0.1");

        // Then
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out().lines())
                .containsExactly(
                        "run fork-a is forked from: fork-rl@2 with",
                        "  groups.maxLag=1",
                        "  loss.clip=0.1",
                        "Start it: tracerl start --run fork-a");
        assertThat(log.digests(origin.topics().all())).isEqualTo(before);
        RunSpec spec = run("fork-a");
        assertThat(spec.getModel().getInitial().getSource()).isEqualTo(WeightSource.RUN);
        assertThat(spec.getModel().getInitial().getRunId()).isEqualTo("fork-rl");
        assertThat(spec.getModel().getInitial().getVersion()).isEqualTo(2);
        assertThat(spec.getParent()).isEqualTo("fork-rl@2");
        assertThat(spec.getFork())
                .isEqualTo(new Fork(
                        "fork-rl", 2L, TestRun.sha256("fork-rl", 2), List.of("groups.maxLag=1", "loss.clip=0.1")));
        assertThat(spec.getGroups().getMaxLag()).isEqualTo(1);
        assertThat(spec.getLoss().getClip()).isEqualTo(0.1);
        assertThat(spec.getTasks()).isEqualTo(origin.spec().getTasks());
        assertThat(run("fork-rl")).isEqualTo(origin.spec());
    }

    @Test
    void aForkKeepsTheOptimizerOfAVersionWithATrainerState() {
        // When
        TestLog.Result result = fork("2", "fork-keep", "--keep-optimizer", "--set", "optimizer.learningRate=1e-5");
        TestLog.Result stateless = fork("3", "fork-none", "--keep-optimizer");

        // Then
        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines())
                .containsExactly(
                        "run fork-keep is forked from: fork-rl@2 with",
                        "  model.initial.optimizerState=KEEP",
                        "  optimizer.learningRate=1.0E-5",
                        "Start it: tracerl start --run fork-keep");
        assertThat(run("fork-keep").getModel().getInitial().getOptimizerState()).isEqualTo(OptimizerStart.KEEP);
        assertThat(run("fork-keep").getOptimizer().getLearningRate()).isEqualTo(1e-5);
        assertThat(stateless.code()).isEqualTo(2);
        assertThat(stateless.err())
                .contains("run fork-rl has no trainer state at version 3; it has those of versions [2]")
                .contains("choose another version, or fork the weights alone");
    }

    @Test
    void whatCannotGoOnWithTheOptimizerIsTold() {
        // When
        TestLog.Result other = fork(
                "2",
                "fork-other",
                "--keep-optimizer",
                "--set",
                "optimizer.beta1=0.8",
                "--set",
                "model.trainable=[.*q_proj.*]",
                "--set",
                "model.config.hidden_size=16");
        TestLog.Result lora = fork(
                "2", "fork-lora", "--keep-optimizer", "--set", "model.lora={rank: 1, alpha: 2, targets: [.*q_proj.*]}");

        // Then
        assertThat(other.err())
                .contains("the fork fork-other of fork-rl@2 cannot be used:")
                .contains("model.config: makes a model of other parameters, which the version does not have")
                .contains("--keep-optimizer: model.trainable is [.*q_proj.*], but run fork-rl has moments of empty")
                .contains("--keep-optimizer: optimizer.beta1 and beta2 are 0.8 and 0.999");
        assertThat(lora.err()).contains("--keep-optimizer: model.lora trains new adapters, which have no moments yet");
    }

    @Test
    void aForkIsJsonToo() {
        // When
        TestLog.Result result = fork("2", "fork-json", "--set", "groups.maxLag=1", "--json");

        // Then
        assertThat(result.json().toString())
                .isEqualTo(("{'runId':'fork-json','origin':'fork-rl','version':2,'sha256':'%s',"
                                + "'changes':['groups.maxLag=1'],'created':true,'result':null}")
                        .formatted(TestRun.sha256("fork-rl", 2))
                        .replace('\'', '"'));
        assertThat(result.err()).contains("run fork-json is forked from: fork-rl@2 with");
    }

    @Test
    void aVersionWhoseBytesAreGoneIsRefused() {
        // When
        TestLog.Result result = fork("1", "fork-b");

        // Then
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err().strip())
                .isEqualTo("tracerl: the bytes of version 1 of run fork-rl are not on the log any more: "
                        + "the run's weight plan dropped them; there are those of 0, 2-3");
        assertThat(TopicReader.latest(log.connection(), log.serdes(), Topics.RUNS))
                .doesNotContainKey("fork-b");
    }

    @Test
    void aVersionThatNeverWasIsRefused() {
        assertThat(fork("9", "fork-b").err()).contains("run fork-rl has not published version 9; its versions are 0-3");
    }

    @Test
    void everyChangeThatCannotBeMadeIsTold() {
        // When
        TestLog.Result result =
                fork("2", "fork-c", "--set", "sampler.blockSize=x", "--set", "loss.clop=1", "--set", "runId=other");
        TestLog.Result unknown = fork("2", "fork-c", "--set", "sampler.blockSize=x", "--set", "loss.clop=1");

        // Then
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .contains("the fork fork-c of fork-rl@2 cannot be used:")
                .contains("runId: cannot be changed: the fork's name is given by --as");
        assertThat(unknown.err())
                .contains("sampler.blockSize: expected a whole number, found \"x\"")
                .contains("loss.clop: unknown key; known are logProbs, shrink");
    }

    @Test
    void aChangeThatIsNoneIsWrongUsage() {
        // When
        TestLog.Result result = fork("2", "fork-d", "--set", "maxLag");

        // Then
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("--set: 'maxLag' is not key=value, as in sampler.maxTokens=48");
    }

    @Test
    void largerBlocksAndLongerResponsesAreForks() {
        // When
        TestLog.Result block = fork("2", "fork-8", "--changes", "../runs/forks/block8.yaml");
        TestRun.reinforcement(log, "fork-9", "fork-warm-up").versions(0);
        TestLog.Result length = log.tracerl(
                "fork", "--run", "fork-9", "--at", "0", "--as", "fork-long", "--changes", "../runs/forks/long.yaml");

        // Then
        assertThat(block.err() + length.err()).isEmpty();
        RunSpec eight = run("fork-8");
        assertThat(eight.getSampler().getBlockSize()).isEqualTo(8);
        assertThat(eight.getEvaluation().get(0).getSampler().getBlockSize()).isEqualTo(8);
        assertThat(eight.getModel().getConfig()).contains("\"block_size\" : 8").contains("\"hidden_size\" : 8");
        assertThat(run("fork-long").getSampler().getMaxTokens()).isEqualTo(48);
        assertThat(run("fork-long").getModel().getConfig()).contains("\"max_position_embeddings\" : 128");
    }

    @Test
    void aSupervisedForkImitatesTheSame() {
        // When
        TestLog.Result result = log.tracerl("fork", "--run", "fork-warm-up", "--at", "1", "--as", "fork-sft");

        // Then
        assertThat(result.err()).isEmpty();
        assertThat(run("fork-sft").getMethod()).isEqualTo(Method.SFT);
        List<Trajectory> demonstrations = log.read(RunTopics.of("fork-sft").demonstrations());
        assertThat(demonstrations)
                .hasSize(5)
                .allSatisfy(
                        demonstration -> assertThat(demonstration.getRunId()).isEqualTo("fork-sft"));
    }

    @Test
    void aForkIsStartedAndStopped() {
        // Given
        fork("2", "fork-e");

        // When
        TestLog.Result started = log.tracerl("start", "--run", "fork-e", "--detach", "--deployment", "fork-test");
        String assigned = assigned();
        TestLog.Result stopped = log.tracerl("stop", "--run", "fork-e");

        // Then
        assertThat(started.code() + stopped.code()).isZero();
        assertThat(assigned).isEqualTo("fork-e");
        assertThat(assigned()).isNull();
        assertThat(stopped.out())
                .contains("Deployment fork-test leaves run fork-e, which goes on with: tracerl start --run fork-e");
    }

    private String assigned() {
        return TopicReader.latest(log.connection(), log.serdes(), Topics.ASSIGNMENTS)
                .get("fork-test")
                .getRunId();
    }

    private TestLog.Result fork(String version, String name, String... more) {
        String[] arguments = new String[7 + more.length];
        System.arraycopy(new String[] {"fork", "--run", "fork-rl", "--at", version, "--as", name}, 0, arguments, 0, 7);
        System.arraycopy(more, 0, arguments, 7, more.length);
        return log.tracerl(arguments);
    }

    private RunSpec run(String runId) {
        return TopicReader.latest(log.connection(), log.serdes(), Topics.RUNS).get(runId);
    }
}
