package dev.tracerl.ops.cli;

import dev.tracerl.schemas.RunTopics;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Utils;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What values of options look like. Others are wrong usage, refused before anything is done. */
final class Formats {

    private static final int LAST_PORT = 65_535;

    private Formats() {}

    /** Name of a run, of verdicts or of a task set, which becomes a part of topics' names and of keys. */
    static final class Name implements ITypeConverter<String> {

        @Override
        public String convert(String text) {
            try {
                RunTopics.of(text);
                return text;
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(
                        "'%s' is not made of 1 to 100 lower-case letters, digits, dashes and dots, the first one a letter or digit"
                                .formatted(text));
            }
        }
    }

    /** A port to listen at; 0 takes a free one. */
    static final class Port implements ITypeConverter<Integer> {

        @Override
        public Integer convert(String text) {
            return (int) whole(text, 0, LAST_PORT, "a port from 1 to 65535, or 0 for a free one");
        }
    }

    /** A number of things, of which there may be none. */
    static final class Count implements ITypeConverter<Integer> {

        @Override
        public Integer convert(String text) {
            return (int) whole(text, 0, Integer.MAX_VALUE, "a whole number from 0 on");
        }
    }

    /** A version of weights, or a step. */
    static final class Version implements ITypeConverter<Long> {

        @Override
        public Long convert(String text) {
            return whole(text, 0, Long.MAX_VALUE, "a whole number from 0 on");
        }
    }

    /** A number of steps or rows to do, of which there is at least one. */
    static final class Amount implements ITypeConverter<Long> {

        @Override
        public Long convert(String text) {
            return whole(text, 1, Long.MAX_VALUE, "a whole number from 1 on");
        }
    }

    /** A share, from 0 to 1. */
    static final class Share implements ITypeConverter<Double> {

        @Override
        public Double convert(String text) {
            try {
                double share = Double.parseDouble(text);
                if (share >= 0 && share <= 1) {
                    return share;
                }
            } catch (NumberFormatException e) {
                // refused below, like every other text
            }
            throw new TypeConversionException("'" + text + "' is not a number from 0 to 1, as in 0.4");
        }
    }

    /** Addresses of brokers, joined by commas. */
    static final class Brokers implements ITypeConverter<String> {

        @Override
        public String convert(String text) {
            return list(text, Brokers::isAddress, "HOST:PORT, as in 127.0.0.1:9092");
        }

        private static boolean isAddress(String text) {
            Integer port = Utils.getPort(text);
            return Utils.getHost(text) != null && port != null && port > 0 && port <= LAST_PORT;
        }
    }

    /** URLs of registries, joined by commas. */
    static final class Registries implements ITypeConverter<String> {

        @Override
        public String convert(String text) {
            return list(text, Registries::isUrl, "a URL, as in http://127.0.0.1:8080/apis/ccompat/v7");
        }

        private static boolean isUrl(String text) {
            try {
                URI url = new URI(text);
                return ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                        && url.getHost() != null
                        && url.getPort() <= LAST_PORT;
            } catch (URISyntaxException e) {
                return false;
            }
        }
    }

    private static String list(String text, Predicate<String> item, String what) {
        if (!Arrays.stream(text.split(",", -1)).map(String::strip).allMatch(item)) {
            throw new TypeConversionException("'" + text + "' is not " + what);
        }
        return text;
    }

    private static long whole(String text, long least, long most, String what) {
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // refused below, like every other text
        }
        throw new TypeConversionException("'" + text + "' is not " + what);
    }
}
