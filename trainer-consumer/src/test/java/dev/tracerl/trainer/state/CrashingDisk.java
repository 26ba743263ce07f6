package dev.tracerl.trainer.state;

import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.trainer.support.CrashPoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk whose writes can be cut off: before, after, and for files in the middle. Does not wait for the hardware. */
public final class CrashingDisk implements Disk {

    private final Disk disk = new FileDisk();
    private final CrashPoints points;

    private CrashingDisk(CrashPoints points) {
        this.points = points;
    }

    /** A store on a disk that never crashes. */
    public static CheckpointStore store(Path directory) {
        return store(directory, CrashPoints.none());
    }

    /** A store on such a disk. */
    public static CheckpointStore store(Path directory, CrashPoints points) {
        return new CheckpointStore(directory, new CrashingDisk(points));
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        disk.createDirectory(directory);
        points.pass("created " + directory.getFileName());
    }

    @Override
    public void write(Path file, WeightBytes content) throws IOException {
        Files.write(file, content.part(0, (int) content.size() / 2).array());
        points.pass("half of " + file.getFileName());
        Files.write(file, content.toArray());
        points.pass("wrote " + file.getFileName());
    }

    @Override
    public void sync(Path directory) {
        points.pass("synced " + directory.getFileName());
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        points.pass("before renaming to " + to.getFileName());
        disk.rename(from, to);
        points.pass("renamed to " + to.getFileName());
    }

    @Override
    public void delete(Path directory) throws IOException {
        disk.delete(directory);
        points.pass("deleted " + directory.getFileName());
    }
}
