package dev.tracerl.ops.cli;

import dev.tracerl.ops.render.Screen;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where a command's result goes: lines for people or, with {@code --json}, one JSON value and nothing else. */
final class Output {

    @Option(names = "--json", description = "Write the result as JSON; progress and remarks go to standard error.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    boolean isJson() {
        return json;
    }

    /** For progress and remarks, which are no part of the result. */
    PrintWriter prose() {
        return json ? command.commandLine().getErr() : command.commandLine().getOut();
    }

    /** Shows progress and remarks; on a terminal with a bar, unless a result is expected there. */
    Screen screen() {
        return new Screen(prose(), !json && ClusterOptions.isTerminal());
    }

    /** Writes the result: the value as JSON, or these lines. */
    void result(Object value, Supplier<List<String>> lines) {
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            out.println(JsonText.of(value));
        } else {
            lines.get().forEach(out::println);
        }
        out.flush();
    }

    /** Writes the result: the value as JSON, or this line. */
    void result(Object value, String line) {
        result(value, () -> List.of(line));
    }

    /** Writes the result as JSON, where people have seen it as prose already. */
    void result(Object value) {
        result(value, List::of);
    }
}
