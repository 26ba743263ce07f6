package dev.tracerl.verifiers.math;

import dev.tracerl.verifiers.math.compare.Decision;
import dev.tracerl.verifiers.math.compare.Texts;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times of day, one of them by the half of the day and one by 24 hours: 8:34 p.m. is 20:34. */
final class Clock {

    private static final Pattern TIME = Pattern.compile("(\\d{1,2}):([0-5]\\d)(?:\\s*([ap])\\.?\\s?m\\.?)?");
    private static final int HALF_DAY = 12;
    private static final int MINUTES = 60;

    private Clock() {}

    /**
     * Compares times, of which one at least has its half of the day; without it a time is by 24 hours. Empty if the answers are
     * none. The right answer may leave the half open, a given one may not.
     */
    static Optional<Decision> compare(String right, String given) {
        Matcher first = TIME.matcher(Texts.plain(right));
        Matcher second = TIME.matcher(Texts.plain(given));
        if (!first.matches() || !second.matches() || (first.group(3) == null && second.group(3) == null)) {
            return Optional.empty();
        }
        return Optional.of(compare(first, second));
    }

    private static Decision compare(Matcher right, Matcher given) {
        if (minutes(right).isPresent() && minutes(right).equals(minutes(given))) {
            return Decision.EQUAL;
        }
        boolean open = right.group(3) == null && onDial(right).equals(onDial(given));
        return open ? Decision.UNKNOWN : Decision.DIFFERENT;
    }

    /** The time without its half of the day. */
    private static String onDial(Matcher time) {
        return Integer.parseInt(time.group(1)) + ":" + time.group(2);
    }

    /** Minutes since midnight; empty if there is no such time. */
    private static Optional<Integer> minutes(Matcher time) {
        int hour = Integer.parseInt(time.group(1));
        int minute = Integer.parseInt(time.group(2));
        String half = time.group(3);
        if (half == null) {
            return hour < 2 * HALF_DAY ? Optional.of(hour * MINUTES + minute) : Optional.empty();
        }
        int since = hour % HALF_DAY + (half.equals("p") ? HALF_DAY : 0);
        return hour >= 1 && hour <= HALF_DAY ? Optional.of(since * MINUTES + minute) : Optional.empty();
    }
}
