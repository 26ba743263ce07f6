package dev.tracerl.ops.export;

import dev.tracerl.schemas.avro.RunSpec;

/** One export of one run, while it goes on. */
record ExportJob(RunSpec run, ExportSettings settings, ExportFolder folder, Progress progress, Commits commits) {

    /** The file of a table that comes next. */
    <T> OpenPart<T> open(Table<T> table) {
        return new OpenPart<>(table, folder, progress.parts(table.id()).size());
    }
}
