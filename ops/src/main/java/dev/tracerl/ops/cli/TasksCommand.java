package dev.tracerl.ops.cli;

import picocli.CommandLine.Command;

/** What can be done with task sets. */
@Command(
        name = "tasks",
        description = "Work with task sets.",
        mixinStandardHelpOptions = true,
        subcommands = TasksLoadCommand.class)
final class TasksCommand {}
