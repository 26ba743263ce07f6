package dev.tracerl.architecture;

import com.tngtech.archunit.lang.ArchRule;
import java.util.function.Function;

/**
 * A rule about the code below a root package. The fixture of the same name, a package with a small copy of the layout,
 * breaks it.
 *
 * @param name of the rule, and of its fixture's package
 * @param rule the rule for a root package, {@code dev.tracerl} or a fixture's
 */
record Wall(String name, Function<String, ArchRule> rule) {
    private static final String FIXTURES = "dev.tracerl.architecture.fixtures.";

    ArchRule of(String root) {
        return rule.apply(root);
    }

    String fixture() {
        return FIXTURES + name;
    }

    @Override
    public String toString() {
        return name;
    }
}
