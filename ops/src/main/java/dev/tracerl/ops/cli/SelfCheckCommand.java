package dev.tracerl.ops.cli;

import dev.tracerl.model.selfcheck.Finding;
import dev.tracerl.model.selfcheck.SelfCheck;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares this build with reference vectors. */
@Command(
        name = "selfcheck",
        description = "Compare this build on a device with reference vectors and toy checkpoints.",
        footer = "Exit code 0: all that could be checked is right; 1: something is not.",
        mixinStandardHelpOptions = true)
final class SelfCheckCommand implements Callable<Integer> {

    private static final String SHIPPED = "model/src/test/resources/golden";

    @Option(
            names = "--vectors",
            paramLabel = "DIR",
            description = "Folder with block_tracerl.json and the like, and checkpoints in models/ (default: the one "
                    + "that the tests of this project use, " + SHIPPED + ").")
    private @Nullable Path vectors;

    @Option(names = "--device", paramLabel = "D", description = "cpu, cuda or cuda:1 (default: cpu).")
    private String device = "cpu";

    @Mixin
    private Output output = new Output();

    /**
     * The outcome of all checks.
     *
     * @param unchecked what there was nothing for, with the reason
     */
    record Checked(String device, boolean passed, List<Check> checks, List<String> unchecked) {}

    /** A check; a deviation may not be a number. */
    record Check(String check, boolean passed, double deviation, double tolerance) {

        static Check of(Finding finding) {
            return new Check(finding.check(), finding.passed(), finding.deviation(), finding.tolerance());
        }
    }

    @Override
    public Integer call() {
        CommandLog.ofDevice(device);
        Path folder = vectors == null ? StackOptions.installation().home().resolve(SHIPPED) : vectors;
        PrintWriter prose = output.prose();
        prose.println("Vectors: " + folder);
        List<Check> checks = new ArrayList<>();
        SelfCheck.run(folder, device, finding -> {
            prose.println(line(finding));
            prose.flush();
            checks.add(Check.of(finding));
        });
        Checked checked =
                new Checked(device, checks.stream().allMatch(Check::passed), checks, SelfCheck.unchecked(folder));
        checked.unchecked().forEach(what -> prose.println("-      not checked: " + what));
        output.result(checked, summary(checked));
        return checked.passed() ? ExitCode.SUCCESS : ExitCode.FINDING;
    }

    private static String summary(Checked checked) {
        long failed = checked.checks().stream().filter(check -> !check.passed()).count();
        String made = failed == 0
                ? "all %d checks passed on %s".formatted(checked.checks().size(), checked.device())
                : "%d of %d checks failed on %s"
                        .formatted(failed, checked.checks().size(), checked.device());
        return checked.unchecked().isEmpty()
                ? made
                : made + ", %d could not be made".formatted(checked.unchecked().size());
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
