package dev.tracerl.ops.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides whether a demo begins or goes on. */
final class Resume {

    private Resume() {}

    /** Number of the demo to do. */
    static int attempt(Optional<DemoState> earlier, boolean fresh) {
        return earlier.map(state -> fresh ? state.attempt() + 1 : state.attempt())
                .orElse(1);
    }

    /** The state to start from. */
    static DemoState state(Optional<DemoState> earlier, int attempt, DemoState.Settings settings) {
        return earlier.filter(state -> state.attempt() == attempt)
                .orElseGet(() -> new DemoState(attempt, settings, new DemoState.Seconds(0, 0, 0), false));
    }

    /**
     * The overrides under which the attempt goes on: those of the command line, otherwise those it began with.
     *
     * @throws DemoException if the command line contradicts the demo that is to go on
     */
    static Overrides overrides(Optional<DemoState> earlier, int attempt, Overrides asked) {
        Optional<DemoState.Settings> begun =
                earlier.filter(state -> state.attempt() == attempt).map(DemoState::settings);
        if (begun.isEmpty()) {
            return asked;
        }
        DemoState.Settings settings = begun.get();
        List<String> others = new ArrayList<>();
        compare("--seed", asked.seed(), settings.seed(), others);
        compare("--max-lag", asked.maxLag(), settings.maxLag(), others);
        compare("--steps", asked.steps(), settings.steps(), others);
        compare("--target", asked.target(), settings.target(), others);
        if (!others.isEmpty()) {
            throw new DemoException("a demo with other settings is there (%s): continue it without these flags, "
                            .formatted(String.join(", ", others))
                    + "or start another one with --fresh");
        }
        return new Overrides(
                Optional.of(settings.seed()),
                Optional.of(settings.maxLag()),
                Optional.of(settings.steps()),
                Optional.of(settings.target()));
    }

    private static <T> void compare(String flag, Optional<T> asked, T begun, List<String> others) {
        if (asked.isPresent() && !asked.get().equals(begun)) {
            others.add(flag + " " + begun);
        }
    }
}
