package dev.tracerl.model.safetensors;

import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The tensors of a folder as Hugging Face lays it out: {@code model.safetensors}, or the shards that {@code
 * model.safetensors.index.json} lists. With both, the one file is taken, as Python does.
 */
public final class CheckpointFolder implements TensorSource, AutoCloseable {
    static final String SINGLE = "model.safetensors";

    private final Path folder;
    private final Map<String, SafetensorsReader> shards = new LinkedHashMap<>();
    private final Map<String, SafetensorsReader> owners = new TreeMap<>();

    private CheckpointFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Opens all files and checks their headers; no tensor is read.
     *
     * @throws CheckpointException if a file is missing or damaged, or if the index and the shards contradict each other
     */
    public static CheckpointFolder open(Path folder) {
        CheckpointFolder checkpoint = new CheckpointFolder(folder);
        try {
            checkpoint.openAll();
            return checkpoint;
        } catch (RuntimeException e) {
            checkpoint.close();
            throw e;
        }
    }

    private void openAll() {
        Path index = folder.resolve(ShardIndex.FILE);
        if (Files.isRegularFile(folder.resolve(SINGLE))) {
            openShard(SINGLE, folder + " lacks " + SINGLE);
        } else if (Files.isRegularFile(index)) {
            Map<String, String> files = ShardIndex.read(index);
            new TreeSet<>(files.values())
                    .forEach(file -> openShard(file, index + " names " + file + ", which is not there"));
            requireSame(index, files);
        } else {
            throw new CheckpointException(nothing());
        }
    }

    private void openShard(String file, String absent) {
        Path path = folder.resolve(file);
        if (!Files.isRegularFile(path)) {
            throw new CheckpointException(absent);
        }
        SafetensorsReader shard = SafetensorsReader.open(path);
        shards.put(file, shard);
        for (String name : shard.names()) {
            SafetensorsReader other = owners.putIfAbsent(name, shard);
            if (other != null) {
                throw new CheckpointException("tensor " + name + " is in " + other.file() + " and in " + path);
            }
        }
    }

    private void requireSame(Path index, Map<String, String> files) {
        for (Entry<String, String> said : files.entrySet()) {
            SafetensorsReader shard = shards.get(said.getValue());
            if (owners.get(said.getKey()) != shard) {
                throw new CheckpointException(
                        index + " says that tensor " + said.getKey() + " is in " + said.getValue() + "; it is not");
            }
        }
        for (Entry<String, SafetensorsReader> found : owners.entrySet()) {
            if (!files.containsKey(found.getKey())) {
                throw new CheckpointException(
                        found.getValue().file() + ": tensor " + found.getKey() + " is not in " + index.getFileName());
            }
        }
    }

    private String nothing() {
        if (!Files.isDirectory(folder)) {
            return "there is no folder " + folder;
        }
        for (String pickle : List.of("pytorch_model.bin", "pytorch_model.bin.index.json")) {
            if (Files.exists(folder.resolve(pickle))) {
                return folder.resolve(pickle) + " is a pickle, which can run code when it is read; convert it to "
                        + SINGLE;
            }
        }
        return "there is neither " + SINGLE + " nor " + ShardIndex.FILE + " in " + folder;
    }

    @Override
    public String file() {
        return folder.toString();
    }

    @Override
    public Set<String> names() {
        return owners.keySet();
    }

    @Override
    public void check(String name, List<Long> shape) {
        SafetensorsReader owner = owners.get(name);
        if (owner == null) {
            throw new CheckpointException(folder + ": tensor " + name + " is missing; expected shape " + shape);
        }
        owner.check(name, shape);
    }

    @Override
    public void read(String name, long from, FloatBuffer target) {
        SafetensorsReader owner = owners.get(name);
        if (owner == null) {
            throw new CheckpointException(folder + ": tensor " + name + " is missing");
        }
        owner.read(name, from, target);
    }

    @Override
    public void close() {
        shards.values().forEach(SafetensorsReader::close);
    }
}
