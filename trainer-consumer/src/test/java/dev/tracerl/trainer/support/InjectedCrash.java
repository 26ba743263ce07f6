package dev.tracerl.trainer.support;

/** A crash at a place that a test has chosen. */
public final class InjectedCrash extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InjectedCrash(String place) {
        super(place);
    }
}
