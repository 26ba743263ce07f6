package dev.tracerl.ops.lineage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Explanations for people. */
public final class LineageText {

    private static final int SHORT = 12;

    private LineageText() {}

    /** A lineage, newest run first. */
    public static List<String> lines(Lineage lineage) {
        List<String> lines = new ArrayList<>();
        lines.add("Weights " + lineage.weights() + "  sha256 " + lineage.sha256());
        if (!lineage.sameBytes().isEmpty()) {
            lines.add("  the same bytes: " + String.join(", ", lineage.sameBytes()));
        }
        lineage.links().forEach(link -> add(link, lines));
        lines.add("base: " + lineage.base());
        return findings(lines, lineage.findings(), "The chain is complete.");
    }

    private static void add(Lineage.Link link, List<String> lines) {
        lines.add("run %s, %s, versions %s%s"
                .formatted(
                        link.runId(),
                        link.method(),
                        link.versions(),
                        link.sha256() == null ? "" : "  sha256 " + link.sha256().substring(0, SHORT)));
        lines.add(row(
                "configuration",
                "%s  seed %d%s"
                        .formatted(
                                link.configuration().substring(0, SHORT),
                                link.seed(),
                                link.deterministic() ? ", deterministic" : "")));
        link.changes().forEach(change -> lines.add(row("changed", change)));
        lines.add(row("steps", link.steps() + (link.groups() == 0 ? "" : ", on " + link.groups() + " groups")));
        link.builds().forEach(build -> lines.add(row("trained by", build)));
        link.inputs()
                .forEach(input -> lines.add(row(
                        "read",
                        "%s, offsets %d to %d, %d records"
                                .formatted(input.topic(), input.from(), input.to() - 1, input.records()))));
        if (!link.verifiers().isEmpty()) {
            lines.add(row("verdicts", counts(link.verifiers())));
        }
    }

    private static String counts(Map<String, Long> verifiers) {
        return verifiers.entrySet().stream()
                .map(entry -> entry.getValue() + " by " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    /** A trajectory, in the order of the flow. */
    public static List<String> lines(Explanation found) {
        List<String> lines = new ArrayList<>();
        lines.add("Trajectory " + found.trajectoryId() + " of run " + found.runId());
        Explanation.Request request = found.request();
        if (request != null) {
            lines.add(row("task", "%s (%s)  %s".formatted(request.task(), request.kind(), request.prompt())));
            lines.add(row(
                    "request",
                    "%s, sample of %d, epoch %d, seed %d, issued at version %d, %s"
                            .formatted(
                                    request.purpose(),
                                    request.samples(),
                                    request.epoch(),
                                    request.seed(),
                                    request.issuedAtVersion(),
                                    request.issuedAt())));
        }
        Explanation.Response response = found.response();
        lines.add(row("response", response.text()));
        lines.add(row(
                "sampled",
                "%d tokens, %s, blocks by versions %s, worker %s%s"
                        .formatted(
                                response.tokens(),
                                response.stop(),
                                response.versions(),
                                response.worker(),
                                response.copies() > 1 ? ", " + (response.copies() - 1) + " copies came later" : "")));
        judged(found, lines);
        trained(found, lines);
        Lineage sampledBy = found.sampledBy();
        if (sampledBy != null) {
            lines.add("sampled by");
            List<String> weights = lines(sampledBy);
            weights.subList(0, weights.size() - 1).forEach(line -> lines.add("  " + line));
        }
        return findings(lines, found.findings(), "Everything about it is on the log.");
    }

    private static void judged(Explanation found, List<String> lines) {
        Explanation.Judgment verdict = found.verdict();
        if (verdict != null) {
            lines.add(row(
                    "verdict",
                    "%s%s by %s%s"
                            .formatted(
                                    verdict.outcome(),
                                    verdict.score() == null ? "" : number(", score %.4g", verdict.score()),
                                    verdict.verifier(),
                                    verdict.reason() == null ? "" : ": " + verdict.reason())));
        }
        found.unused()
                .forEach(unused -> lines.add(row(
                        "not used",
                        "%s: %s; %s by worker %s, %s"
                                .formatted(
                                        unused.kind(),
                                        unused.reason(),
                                        unused.origin(),
                                        unused.worker(),
                                        unused.at()))));
        Explanation.Group group = found.group();
        lines.add(row("group", group == null ? "in flight" : describe(group)));
    }

    private static String describe(Explanation.Group group) {
        return "%s by %s%s%s; this sample %s%s"
                .formatted(
                        group.outcome(),
                        group.decidedBy(),
                        group.lag() == null ? "" : ", lag " + group.lag(),
                        group.reason() == null ? "" : ", " + group.reason(),
                        group.sample(),
                        group.reward() == null ? "" : number(", reward %.4g", group.reward()));
    }

    private static void trained(Explanation found, List<String> lines) {
        Explanation.Training training = found.training();
        if (training == null) {
            return;
        }
        lines.add(row(
                "advantage",
                number("%.4g", training.advantage())
                        + number(" in a group of mean reward %.4g", training.meanReward())
                        + (training.tokenRewards() ? "; its tokens have rewards of their own" : "")));
        if (training.step() != null) {
            lines.add(row(
                    "step",
                    "%d, which made version %d%s"
                            .formatted(
                                    training.step(),
                                    training.version(),
                                    training.sha256() == null
                                            ? ", not published"
                                            : "  sha256 " + training.sha256().substring(0, SHORT))));
        }
    }

    private static List<String> findings(List<String> lines, List<String> findings, String well) {
        findings.forEach(finding -> lines.add("  WRONG: " + finding));
        lines.add(findings.isEmpty() ? well : findings.size() + " findings: the log does not hold everything.");
        return lines;
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static String row(String name, String text) {
        return String.format(Locale.ROOT, "  %-14s %s", name, text);
    }
}
