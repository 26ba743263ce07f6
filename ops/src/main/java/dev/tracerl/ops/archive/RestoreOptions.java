package dev.tracerl.ops.archive;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How an archive is restored.
 *
 * @param name the run's name on the broker; absent: the archived one
 * @param groupPartitions partitions of the topics that are keyed by group; absent: those of the catalogue
 * @param tasks whether the run's tasks are written
 * @param again whether topics that an interrupted restore left are deleted first
 */
public record RestoreOptions(Optional<String> name, OptionalInt groupPartitions, boolean tasks, boolean again) {}
