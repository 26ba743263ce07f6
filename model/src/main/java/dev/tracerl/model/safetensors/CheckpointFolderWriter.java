package dev.tracerl.model.safetensors;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Writes tensors as Hugging Face lays them out, byte for byte as its Python library does for tensors of one type: sorted
 * by name in each file, one file or shards with an index.
 */
public final class CheckpointFolderWriter {
    private final Path folder;
    private final ElementType type;
    private final long shardBytes;

    /**
     * A writer of one folder.
     *
     * @param shardBytes largest size of a file's tensors; a larger tensor has a file of its own
     */
    public CheckpointFolderWriter(Path folder, ElementType type, long shardBytes) {
        this.folder = folder;
        this.type = type;
        this.shardBytes = shardBytes;
    }

    /**
     * Writes all files; tensors go into the shards in their order here.
     *
     * @throws CheckpointException if the folder holds weights already
     */
    public void write(List<NamedTensor> tensors) throws IOException {
        Files.createDirectories(folder);
        requireEmpty();
        List<List<NamedTensor>> shards = shards(tensors);
        Map<String, String> files = new TreeMap<>();
        for (int i = 0; i < shards.size(); i++) {
            String file = shards.size() == 1
                    ? CheckpointFolder.SINGLE
                    : "model-%05d-of-%05d.safetensors".formatted(i + 1, shards.size());
            writeFile(file, shards.get(i));
            shards.get(i).forEach(tensor -> files.put(tensor.name(), file));
        }
        if (shards.size() > 1) {
            Files.writeString(folder.resolve(ShardIndex.FILE), ShardIndex.text(files, size(tensors)));
        }
    }

    private void requireEmpty() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.getFileName().toString().matches("model.*[.]safetensors.*"))
                    .findFirst()
                    .ifPresent(file -> {
                        throw new CheckpointException(file + " is there already; choose an empty folder");
                    });
        }
    }

    private List<List<NamedTensor>> shards(List<NamedTensor> tensors) {
        List<List<NamedTensor>> shards = new ArrayList<>();
        List<NamedTensor> shard = new ArrayList<>();
        for (NamedTensor tensor : tensors) {
            if (!shard.isEmpty() && size(shard) + SafetensorsWriter.size(tensor, type) > shardBytes) {
                shards.add(shard);
                shard = new ArrayList<>();
            }
            shard.add(tensor);
        }
        shards.add(shard);
        return shards;
    }

    private long size(List<NamedTensor> tensors) {
        return tensors.stream()
                .mapToLong(tensor -> SafetensorsWriter.size(tensor, type))
                .sum();
    }

    private void writeFile(String file, List<NamedTensor> tensors) throws IOException {
        List<NamedTensor> sorted = new ArrayList<>(tensors);
        sorted.sort(Comparator.comparing(NamedTensor::name));
        Path unfinished = folder.resolve(file + ".unfinished");
        try (FileChannel channel = FileChannel.open(
                unfinished,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            SafetensorsWriter.write(sorted, type, channel);
            channel.force(true);
        }
        Files.move(unfinished, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
    }
}
