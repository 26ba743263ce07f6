package dev.tracerl.reward.service;

import dev.tracerl.schemas.avro.Method;
import dev.tracerl.schemas.avro.NonRewardRule;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.rules.RunRules;
import dev.tracerl.schemas.rules.WrongValue;
import java.util.List;
import java.util.stream.Stream;

/** Finds what this service cannot work with in a run, all at once: wrong values, and what newer versions know. */
final class RunCheck {

    private RunCheck() {}

    /** One sentence per problem, naming the field and what is allowed; empty if there is none. */
    static List<String> problems(RunSpec run) {
        if (run.getMethod() == Method.UNKNOWN) {
            return List.of("method is unknown to this version");
        }
        Stream<String> wrong = RunRules.wrong(run).stream().map(WrongValue::toString);
        return Stream.concat(unknown(run), wrong).toList();
    }

    private static Stream<String> unknown(RunSpec run) {
        return run.getMethod() == Method.TRACERL && run.getGroups().getNonRewards() == NonRewardRule.UNKNOWN
                ? Stream.of("groups.nonRewards is unknown to this version, use EXCLUDE_SAMPLE, INCORRECT or"
                        + " EXCLUDE_GROUP")
                : Stream.empty();
    }
}
