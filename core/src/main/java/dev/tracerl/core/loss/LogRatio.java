package dev.tracerl.core.loss;

/** The limit on log-ratios inside exponentials, which keeps them finite. */
final class LogRatio {

    private LogRatio() {}

    static double limit(double d) {
        return Math.max(-TraceRlLoss.MAX_LOG_RATIO, Math.min(TraceRlLoss.MAX_LOG_RATIO, d));
    }

    /** Whether the limit changes {@code d}. */
    static boolean limited(double d) {
        return Math.abs(d) > TraceRlLoss.MAX_LOG_RATIO;
    }
}
