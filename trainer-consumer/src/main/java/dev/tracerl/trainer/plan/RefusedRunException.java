package dev.tracerl.trainer.plan;

import java.util.List;

/** A run cannot be trained as it is specified. The message says why, in words for a user. */
public final class RefusedRunException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A refusal.
     *
     * @param reasons one sentence each
     */
    public RefusedRunException(List<String> reasons) {
        super(String.join("; ", reasons));
    }

    /** A refusal for one reason. */
    public RefusedRunException(String reason, Throwable cause) {
        super(reason, cause);
    }

    /** A refusal for one reason. */
    public RefusedRunException(String reason) {
        super(reason);
    }
}
