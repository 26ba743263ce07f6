package dev.tracerl.model.selfcheck;

/**
 * How far this build is from a reference.
 *
 * @param check file, and what of it was compared
 * @param deviation largest deviation; of what must be equal the number of entries that are not
 * @param tolerance largest deviation that is right
 */
public record Finding(String check, double deviation, double tolerance) {

    /** Whether the deviation is within the tolerance; one that is not a number is not. */
    public boolean passed() {
        return deviation <= tolerance;
    }

    /** Something that must be equal. */
    static Finding exact(String check, double different) {
        return new Finding(check, different, 0);
    }
}
