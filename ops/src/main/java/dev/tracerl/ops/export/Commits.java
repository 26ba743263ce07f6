package dev.tracerl.ops.export;

import java.util.List;

/** Makes files and progress count, in this order: the files appear, then the manifest that lists them. */
final class Commits {

    private final ExportFolder folder;
    private final Progress progress;

    Commits(ExportFolder folder, Progress progress) {
        this.folder = folder;
        this.progress = progress;
    }

    void commit(List<? extends OpenPart<?>> open) {
        List<Part.Range> ranges = progress.takeRanges();
        open.forEach(part -> part.publish(ranges).ifPresent(progress::add));
        folder.store(progress.manifest());
    }
}
