package dev.tracerl.verifiers.code;

import dev.tracerl.verifiers.sandbox.Frame;
import dev.tracerl.verifiers.sandbox.Sandbox;
import dev.tracerl.verifiers.sandbox.SandboxPool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs assert statements in one sandbox and the code in another. */
record FunctionTests(SandboxPool pool) {

    private static final char PLAN = 'P';

    /** @param code what the model wrote */
    TestReport run(CodeTask task, String code) throws IOException, InterruptedException {
        try (Sandbox tests = pool.take();
                Sandbox candidate = pool.take()) {
            List<String> plan = new ArrayList<>(List.of(String.join(",", task.entryPoints()), task.setup()));
            plan.addAll(task.assertions());
            Relay.Side driver =
                    new Relay.Side(tests, tests.begin(Budgets.ofAll(task.budget()), Sources.DRIVER.text(), plan));
            Optional<Frame> planned = driver.read();
            if (planned.isEmpty() || planned.get().kind() != PLAN) {
                return new TestReport.Untested(
                        "the tests are malformed: " + planned.map(Frame::text).orElse("they end their own process"));
            }
            String[] lines = planned.get().text().split("\n", -1);
            List<String> call = new ArrayList<>(List.of(code));
            if (!lines[1].isEmpty()) {
                call.addAll(List.of(lines[1].split(",", -1)));
            }
            Relay relay = new Relay(task.budget(), driver, Integer.parseInt(lines[0]));
            return relay.play(new Relay.Side(
                    candidate, candidate.begin(Budgets.ofAll(task.budget()), Sources.CANDIDATE.text(), call)));
        }
    }
}
