package dev.tracerl.schemas.rules;

/**
 * A value of a run that cannot be.
 *
 * @param key where it is: names of fields joined by dots, as in a run file
 * @param problem what is allowed, and what was found
 */
public record WrongValue(String key, String problem) {

    /** Both, as one sentence. */
    @Override
    public String toString() {
        return key + " " + problem;
    }
}
