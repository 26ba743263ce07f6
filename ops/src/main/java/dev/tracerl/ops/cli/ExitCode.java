package dev.tracerl.ops.cli;

import dev.tracerl.model.selfcheck.SelfCheckException;
import dev.tracerl.ops.archive.DamagedArchiveException;
import dev.tracerl.ops.demo.DemoException;
import dev.tracerl.ops.export.ExportException;
import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.ops.run.RunConflictException;
import dev.tracerl.ops.run.RunFileException;
import dev.tracerl.ops.session.RunFailedException;
import dev.tracerl.ops.stack.StackException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import picocli.CommandLine;

/** The exit codes of all commands, and which failure ends with which. */
final class ExitCode {

    static final int SUCCESS = 0;
    static final int FINDING = 1;
    static final int BAD_INPUT = 2;
    static final int UNAVAILABLE = 3;
    static final int INTERRUPTED = 130;

    /** These say in one sentence what is wrong with what the user asked for. */
    private static final Set<Class<? extends Exception>> ABOUT_INPUT = Set.of(
            BadInputException.class,
            DamagedArchiveException.class,
            DemoException.class,
            ExportException.class,
            RunFileException.class,
            RunConflictException.class,
            SelfCheckException.class);

    private ExitCode() {}

    /** What the help of every command says. */
    static Map<String, String> described() {
        Map<String, String> codes = new LinkedHashMap<>();
        codes.put("0", "Success.");
        codes.put("1", "The command did its work and found something: a gap, damage, a difference, a failed run.");
        codes.put("2", "Wrong usage, or something that was named does not exist or cannot be used.");
        codes.put("3", "Broker, registry or stack cannot be reached or failed.");
        codes.put("130", "Interrupted.");
        return codes;
    }

    /** Documents the codes in a command and all commands below it. */
    static CommandLine document(CommandLine command) {
        command.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(described());
        command.getSubcommands().values().forEach(ExitCode::document);
        return command;
    }

    /** The code for what a command threw. */
    static int of(Exception e) {
        if (e instanceof InterruptedException || e instanceof InterruptException) {
            return INTERRUPTED;
        }
        if (e instanceof RunFailedException) {
            return FINDING;
        }
        return ABOUT_INPUT.contains(e.getClass()) || isAboutFile(e) ? BAD_INPUT : UNAVAILABLE;
    }

    /** Whether the message is meant for the user; anything else is a bug, whose stack trace is wanted. */
    static boolean isForUser(Exception e) {
        return ABOUT_INPUT.contains(e.getClass())
                || isAboutFile(e)
                || e instanceof RunFailedException
                || e instanceof StackException
                || e instanceof KafkaException;
    }

    /** What to tell the user; Java says of these two only which file they are about. */
    static String sentence(Exception e) {
        if (e.getCause() instanceof FileSystemException cause
                && cause.toString().equals(e.getMessage())) {
            return sentence(cause);
        }
        if (e instanceof NoSuchFileException) {
            return e.getMessage() + " does not exist, or the folder that it is to be in does not";
        }
        return e instanceof AccessDeniedException
                ? e.getMessage() + " cannot be accessed: permission denied"
                : String.valueOf(e.getMessage());
    }

    private static boolean isAboutFile(Exception e) {
        return e instanceof FileSystemException || e.getCause() instanceof FileSystemException;
    }
}
