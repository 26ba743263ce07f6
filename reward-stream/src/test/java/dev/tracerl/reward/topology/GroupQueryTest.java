package dev.tracerl.reward.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tracerl.reward.Records;
import dev.tracerl.reward.Runs;
import dev.tracerl.reward.query.GroupAnswer;
import dev.tracerl.reward.query.GroupQuery;
import dev.tracerl.reward.query.GroupView;
import dev.tracerl.reward.query.Host;
import dev.tracerl.reward.query.OpenGroups;
import dev.tracerl.reward.query.SampleView;
import dev.tracerl.schemas.Topics;
import dev.tracerl.schemas.avro.Outcome;
import dev.tracerl.schemas.avro.RolloutRequest;
import dev.tracerl.schemas.avro.Task;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupQueryTest {

    private static final Host SELF = new Host("10.0.0.1", 8082);
    private static final Host OTHER = new Host("10.0.0.2", 8082);
    private static final String GROUP = "toy-t-000000";
    private static final String TESTS = "{\"kind\": \"stdio\", \"cases\": [{\"input\": \"\", \"output\": \"1\"}]}";

    @TempDir
    private Path directory;

    private TopologyHarness harness;
    private RolloutRequest request;

    @BeforeEach
    void start() {
        harness = new TopologyHarness(Runs.run(), directory, "group-query").withTasks();
        harness.publish(0);
        request = harness.requests().get(0);
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    @Test
    void anOpenGroupIsShownWithItsSamples() {
        // Given
        harness.answer(request, 1, Records.WRONG);

        // When
        GroupView group = found(alone().find(GROUP, false));

        // Then
        assertThat(group.state()).isEqualTo(GroupView.State.OPEN);
        assertThat(group.taskId()).isEqualTo(request.getTask().getTaskId());
        assertThat(group.requestedAt()).isEqualTo(TopologyHarness.START);
        assertThat(group.samples())
                .extracting(SampleView::state)
                .containsExactly(SampleView.State.MISSING, SampleView.State.SETTLED);
        assertThat(group.samples().get(1).reward()).isEqualTo(0.75);
        assertThat(group.ending()).isNull();
        assertThat(group.host()).isEqualTo("10.0.0.1:8082");
    }

    @Test
    void aCheckThatWaitsForAWorkerIsShown() {
        // Given
        for (int index = 0; index < Runs.TASKS; index++) {
            Task task = Records.task(Runs.TRAIN, index);
            task.setKind("code");
            task.setInputs(Map.of("tests", TESTS));
            harness.send(Topics.TASKS, task.getTaskId(), task);
        }
        harness.publish(1);
        RolloutRequest code = harness.requests().get(2);

        // When
        harness.answer(code, 0, "print(1)");

        // Then
        SampleView sample =
                found(alone().find(code.getGroupId(), false)).samples().get(0);
        assertThat(sample.state()).isEqualTo(SampleView.State.CHECKING);
        assertThat(sample.attempt()).isZero();
        assertThat(sample.askedAt()).isEqualTo(TopologyHarness.START);
    }

    @Test
    void aGroupThatWaitsForTheTrainerIsClosed() {
        // Given
        harness.answerAll(request, Records.RIGHT, Records.WRONG);

        // When
        GroupView group = found(alone().find(GROUP, false));

        // Then
        assertThat(group.state()).isEqualTo(GroupView.State.CLOSED);
        assertThat(group.taskId()).isEqualTo(request.getTask().getTaskId());
    }

    @Test
    void aGroupThatEndedIsShownWithItsOutcome() {
        // Given
        harness.answerAll(request, Records.RIGHT, Records.WRONG);
        harness.decide(harness.groups().get(0), Outcome.ACCEPTED);

        // When
        GroupView group = found(alone().find(GROUP, false));

        // Then
        assertThat(group.state()).isEqualTo(GroupView.State.ENDED);
        assertThat(group.requestedAt()).isEqualTo(TopologyHarness.START);
        assertThat(group.ending()).isNotNull();
        assertThat(group.ending().outcome()).isEqualTo("ACCEPTED");
        assertThat(group.ending().decidedBy()).isEqualTo("trainer-consumer");
        assertThat(group.samples()).extracting(SampleView::reward).containsExactly(1.0, 0.75);
    }

    @Test
    void whatWasNeverRequestedIsMissingAndSaysWhy() {
        // Given
        GroupQuery query = alone();

        // When
        // Then
        assertThat(query.find("toy-t-000099", false))
                .isEqualTo(new GroupAnswer.Missing(
                        "toy-t-000099 has not been requested, or it ended before the newest 4096 groups of its kind;"
                                + " toy.group-outcomes has all outcomes"));
        assertThat(query.find("other-t-000000", false))
                .isEqualTo(new GroupAnswer.Missing(
                        "other-t-000000 is not the id of a group of run toy, like toy-t-000017"));
        assertThat(query.find("nonsense", false)).isInstanceOf(GroupAnswer.Missing.class);
    }

    @Test
    void admissionIsAskedFirst() {
        // Given
        GroupQuery query = query(OTHER, SELF);

        // When
        GroupAnswer answer = query.find(GROUP, false);

        // Then
        assertThat(answer).isEqualTo(new GroupAnswer.Elsewhere(OTHER, false));
    }

    @Test
    void theInstanceOfThePartitionIsAskedForWhatGoesOnWithin() {
        // Given
        GroupQuery query = query(SELF, OTHER);

        // When
        GroupAnswer answer = query.find(GROUP, false);

        // Then
        assertThat(answer).isEqualTo(new GroupAnswer.Elsewhere(OTHER, true));
        assertThat(found(query(OTHER, SELF).find(GROUP, true)).state()).isEqualTo(GroupView.State.OPEN);
    }

    @Test
    void openGroupsAreListedWithinTheLimitAndOtherInstancesAreNamed() {
        // Given
        GroupQuery query = query(SELF, OTHER);

        // When
        OpenGroups one = query.open(1);
        OpenGroups all = alone().open(2);

        // Then
        assertThat(one.groups()).extracting(GroupView::groupId).containsExactly(GROUP);
        assertThat(one.truncated()).isTrue();
        assertThat(one.others()).containsExactly("http://10.0.0.2:8082/groups?state=open&limit=1");
        assertThat(all.groups()).hasSize(2);
        assertThat(all.truncated()).isFalse();
        assertThat(all.others()).isEmpty();
    }

    private GroupQuery alone() {
        return query(SELF, SELF);
    }

    private GroupQuery query(Host admission, Host grouping) {
        return new GroupQuery(Runs.RUN, new DriverStores(harness, SELF, admission, grouping));
    }

    private static GroupView found(GroupAnswer answer) {
        assertThat(answer).isInstanceOf(GroupAnswer.Found.class);
        return ((GroupAnswer.Found) answer).group();
    }
}
