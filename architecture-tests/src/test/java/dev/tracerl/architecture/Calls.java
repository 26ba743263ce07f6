package dev.tracerl.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaConstructorCall;

final class Calls {
    private Calls() {}

    /** Calls of any constructor of the type, from outside of the type. */
    static DescribedPredicate<JavaConstructorCall> constructorOf(String type) {
        return DescribedPredicate.describe(
                "the target is a constructor of " + type,
                call -> call.getTargetOwner().getName().equals(type)
                        && !call.getOriginOwner().getName().equals(type));
    }
}
