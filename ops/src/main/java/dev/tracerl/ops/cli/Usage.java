package dev.tracerl.ops.cli;

import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Wrong usage: one sentence, and where the right one is described. */
final class Usage {

    private Usage() {}

    /** Has a command and all commands below it say what is wrong with a command line. */
    static CommandLine strict(CommandLine tracerl) {
        tracerl.getSubcommands().values().forEach(Usage::withoutVersion);
        return tracerl.registerConverter(long.class, number(Long::valueOf, "a whole number"))
                .registerConverter(Long.class, number(Long::valueOf, "a whole number"))
                .registerConverter(int.class, number(Integer::valueOf, "a whole number"))
                .registerConverter(Integer.class, number(Integer::valueOf, "a whole number"))
                .registerConverter(Double.class, number(Double::valueOf, "a number"))
                .setParameterExceptionHandler(Usage::refuse);
    }

    /** The program's version is that of tracerl alone; where versions of weights are meant, the option would mislead. */
    private static void withoutVersion(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        OptionSpec version = spec.findOption("--version");
        if (version != null && version.versionHelp()) {
            spec.remove(version);
        }
        command.getSubcommands().values().forEach(Usage::withoutVersion);
    }

    private static <T> ITypeConverter<T> number(ITypeConverter<T> parser, String what) {
        return text -> {
            try {
                return parser.convert(text.strip());
            } catch (NumberFormatException e) {
                throw new TypeConversionException("'" + text + "' is not " + what);
            }
        };
    }

    private static int refuse(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        if (args.length == 0) {
            command.usage(command.getErr());
        } else {
            command.getErr()
                    .println("tracerl: %s; see %s --help"
                            .formatted(sentence(e), command.getCommandSpec().qualifiedName()));
        }
        return ExitCode.BAD_INPUT;
    }

    private static String sentence(ParameterException e) {
        String message =
                String.valueOf(e.getMessage()).replaceFirst("^Error: ", "").replaceAll("\\s*\\R\\s*", " ");
        String first = message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
        return e instanceof UnmatchedArgumentException unmatched
                        && !unmatched.getSuggestions().isEmpty()
                ? first + " (did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?)"
                : first;
    }
}
