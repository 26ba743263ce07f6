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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    @Mixin
    private Output output = new Output();

    /** The outcome of all checks. */
    record Checked(String device, boolean passed, List<Check> checks) {}

    /** A check; a deviation may not be a number. */
    record Check(String check, boolean passed, double deviation, double tolerance) {

        static Check of(Finding finding) {
            return new Check(finding.check(), finding.passed(), finding.deviation(), finding.tolerance());
        }
    }

    @Override
    public Integer call() {
        PrintWriter prose = output.prose();
        List<Check> checks = new ArrayList<>();
        SelfCheck.run(vectors, device, finding -> {
            prose.println(line(finding));
            prose.flush();
            checks.add(Check.of(finding));
        });
        long failed = checks.stream().filter(check -> !check.passed()).count();
        output.result(
                new Checked(device, failed == 0, checks),
                failed == 0 ? "all passed on " + device : failed + " failed on " + device);
        return failed == 0 ? ExitCode.SUCCESS : ExitCode.FINDING;
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
