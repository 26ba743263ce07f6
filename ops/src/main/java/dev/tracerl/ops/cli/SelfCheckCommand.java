package dev.tracerl.ops.cli;

import dev.tracerl.model.selfcheck.Finding;
import dev.tracerl.model.selfcheck.SelfCheck;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares this build with reference vectors. */
@Command(
        name = "selfcheck",
        description = "Compare this build on a device with reference vectors and toy checkpoints.",
        mixinStandardHelpOptions = true)
final class SelfCheckCommand implements Callable<Integer> {

    @Option(
            names = "--vectors",
            required = true,
            paramLabel = "DIR",
            description = "Folder with block_tracerl.json and the like, and checkpoints in models/.")
    @SuppressWarnings("NullAway.Init")
    private Path vectors;

    @Option(names = "--device", paramLabel = "D", description = "cpu, cuda or cuda:1 (default: cpu).")
    private String device = "cpu";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Override
    public Integer call() {
        PrintWriter out = command.commandLine().getOut();
        List<Finding> failed = new ArrayList<>();
        SelfCheck.run(vectors, device, finding -> {
            out.println(line(finding));
            out.flush();
            if (!finding.passed()) {
                failed.add(finding);
            }
        });
        out.println(failed.isEmpty() ? "all passed on " + device : failed.size() + " failed on " + device);
        out.flush();
        return failed.isEmpty() ? 0 : 1;
    }

    private static String line(Finding finding) {
        return String.format(
                Locale.ROOT,
                "%-6s %-55s deviation %.1e, at most %.0e",
                finding.passed() ? "ok" : "FAILED",
                finding.check(),
                finding.deviation(),
                finding.tolerance());
    }
}
