package dev.tracerl.reward.topology;

import dev.tracerl.reward.query.GroupStores;
import dev.tracerl.reward.query.Host;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.state.EndedGroup;
import dev.tracerl.schemas.avro.state.JudgedSample;
import dev.tracerl.schemas.avro.state.OpenGroup;
import dev.tracerl.schemas.avro.state.PendingCheck;
import dev.tracerl.schemas.avro.state.RunningGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The stores of a topology under test, which has one partition, as if several instances shared them. */
record DriverStores(TopologyHarness harness, Host self, Host admission, Host grouping) implements GroupStores {

    @Override
    public Host grouping(int partition) {
        return grouping;
    }

    @Override
    public List<Host> others() {
        return grouping.equals(self) ? List.of() : List.of(grouping);
    }

    @Override
    public Optional<RunningGroup> running(String groupId) {
        return find(Nodes.RUNNING_GROUPS, groupId);
    }

    @Override
    public Optional<EndedGroup> ended(String groupId) {
        return find(Nodes.ENDED_GROUPS, groupId);
    }

    @Override
    public Optional<OpenGroup> open(int partition, String groupId) {
        return find(Nodes.OPEN_GROUPS, groupId);
    }

    @Override
    public Optional<JudgedSample> judged(int partition, String trajectoryId) {
        return find(Nodes.JUDGED_SAMPLES, trajectoryId);
    }

    @Override
    public Optional<PendingCheck> checking(int partition, String trajectoryId) {
        return find(Nodes.PENDING_CHECKS, trajectoryId);
    }

    @Override
    public long lastRequested(int partition, Purpose purpose) {
        return this.<Long>find(Nodes.REQUESTED, purpose.name()).orElse(-1L);
    }

    @Override
    public List<OpenGroup> open(int limit) {
        List<OpenGroup> open = new ArrayList<>();
        try (var all = harness.driver
                .<String, OpenGroup>getKeyValueStore(Nodes.OPEN_GROUPS)
                .all()) {
            all.forEachRemaining(entry -> open.add(entry.value));
        }
        return open.subList(0, Math.min(limit, open.size()));
    }

    private <V> Optional<V> find(String store, String key) {
        return Optional.ofNullable(
                harness.driver.<String, V>getKeyValueStore(store).get(key));
    }
}
