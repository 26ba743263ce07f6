package dev.tracerl.verifiers.code;

import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.sandbox.SandboxPool;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Judges the attempts that try to stay, without sandboxes in stock, and ends when none of their processes is left. */
final class TidyMain {

    private static final List<String> STAYING = List.of("fork", "sleeps", "thread", "stops", "parent", "without end");

    private TidyMain() {}

    public static void main(String[] args) throws Exception {
        int judged = 0;
        try (SandboxPool pool = SandboxPool.open(0)) {
            for (Attempts.Attempt attempt : Attempts.all()) {
                if (STAYING.stream().anyMatch(attempt.what()::contains)) {
                    judge(pool, attempt);
                    judged++;
                }
            }
            for (ProcessHandle left : ProcessHandle.current().descendants().toList()) {
                left.onExit().get(30, TimeUnit.SECONDS);
            }
        }
        System.out.println("judged " + judged + ", left "
                + ProcessHandle.current().descendants().count());
    }

    private static void judge(SandboxPool pool, Attempts.Attempt attempt) throws Exception {
        CodeTask task =
                CodeTask.of(new TaskInputs("t/0", "code", "", Map.of("tests", Attempts.TESTS.get(attempt.tests()))));
        if (task.exchanges().isEmpty()) {
            new FunctionTests(pool).run(task, attempt.code());
        } else {
            new StdioTests(pool).run(task, attempt.code());
        }
    }
}
