package dev.tracerl.reward.topology;

import dev.tracerl.reward.query.GroupStores;
import dev.tracerl.reward.query.Host;
import dev.tracerl.reward.query.StoresUnavailableException;
import dev.tracerl.schemas.avro.Purpose;
import dev.tracerl.schemas.avro.state.EndedGroup;
import dev.tracerl.schemas.avro.state.JudgedSample;
import dev.tracerl.schemas.avro.state.OpenGroup;
import dev.tracerl.schemas.avro.state.PendingCheck;
import dev.tracerl.schemas.avro.state.RunningGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The stores of a running topology. */
public record StreamsStores(KafkaStreams streams, Host self) implements GroupStores {

    private static final int ADMISSION_PARTITION = 0;

    @Override
    public Host admission() {
        return owner(Nodes.RUNNING_GROUPS, ADMISSION_PARTITION);
    }

    @Override
    public Host grouping(int partition) {
        return owner(Nodes.OPEN_GROUPS, partition);
    }

    @Override
    public List<Host> others() {
        return read(() -> streams.streamsMetadataForStore(Nodes.OPEN_GROUPS).stream()
                .filter(instance -> instance.stateStoreNames().contains(Nodes.OPEN_GROUPS))
                .map(StreamsMetadata::hostInfo)
                .filter(info -> !info.equals(HostInfo.unavailable()))
                .map(StreamsStores::host)
                .filter(host -> !host.equals(self))
                .sorted(Comparator.comparing(Host::toString))
                .toList());
    }

    @Override
    public Optional<RunningGroup> running(String groupId) {
        return find(Nodes.RUNNING_GROUPS, ADMISSION_PARTITION, groupId);
    }

    @Override
    public Optional<EndedGroup> ended(String groupId) {
        return find(Nodes.ENDED_GROUPS, ADMISSION_PARTITION, groupId);
    }

    @Override
    public Optional<OpenGroup> open(int partition, String groupId) {
        return find(Nodes.OPEN_GROUPS, partition, groupId);
    }

    @Override
    public Optional<JudgedSample> judged(int partition, String trajectoryId) {
        return find(Nodes.JUDGED_SAMPLES, partition, trajectoryId);
    }

    @Override
    public Optional<PendingCheck> checking(int partition, String trajectoryId) {
        return find(Nodes.PENDING_CHECKS, partition, trajectoryId);
    }

    @Override
    public long lastRequested(int partition, Purpose purpose) {
        return this.<Long>find(Nodes.REQUESTED, partition, purpose.name()).orElse(-1L);
    }

    @Override
    public List<OpenGroup> open(int limit) {
        return read(() -> {
            List<OpenGroup> open = new ArrayList<>();
            ReadOnlyKeyValueStore<String, OpenGroup> store = streams.store(
                    StoreQueryParameters.fromNameAndType(Nodes.OPEN_GROUPS, QueryableStoreTypes.keyValueStore()));
            try (KeyValueIterator<String, OpenGroup> all = store.all()) {
                while (all.hasNext() && open.size() < limit) {
                    OpenGroup group = all.next().value;
                    if (group.getRequest() != null) {
                        open.add(group);
                    }
                }
            }
            return open;
        });
    }

    private <V> Optional<V> find(String name, int partition, String key) {
        return read(() -> {
            StoreQueryParameters<ReadOnlyKeyValueStore<String, V>> wanted =
                    StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.keyValueStore());
            return Optional.ofNullable(
                    streams.store(wanted.withPartition(partition)).get(key));
        });
    }

    private Host owner(String store, int partition) {
        return read(() -> {
            KeyQueryMetadata metadata = streams.queryMetadataForKey(
                    store, "", (topic, key, value, partitions) -> Optional.of(Set.of(partition)));
            return active(metadata);
        });
    }

    /** The instance that holds a partition; while nobody does, Streams names an instance that there is not. */
    static Host active(KeyQueryMetadata metadata) {
        if (metadata.equals(KeyQueryMetadata.NOT_AVAILABLE)
                || metadata.activeHost().equals(HostInfo.unavailable())) {
            throw new StoresUnavailableException("the instances are sharing the partitions out; try again");
        }
        return host(metadata.activeHost());
    }

    private static Host host(HostInfo info) {
        return new Host(info.host(), info.port());
    }

    private static <T> T read(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (InvalidStateStoreException | IllegalStateException e) {
            throw new StoresUnavailableException("the state is being restored or moved; try again: " + e.getMessage());
        }
    }
}
