package dev.tracerl.ops.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tracerl.ops.deadletters.Letter;
import dev.tracerl.ops.deadletters.LetterBox;
import dev.tracerl.ops.deadletters.LetterContent;
import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.client.Connection;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows one dead letter. */
@Command(
        name = "show",
        description = "Show one dead letter: where it came from, why it was refused, and its content.",
        mixinStandardHelpOptions = true)
final class DeadLettersShowCommand implements Callable<Integer> {

    private static final int SHOWN_BYTES = 256;
    private static final int LINE_BYTES = 32;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private RunOption run = new RunOption();

    @Parameters(index = "0", paramLabel = "NUMBER", description = "Its number, as list shows it.")
    private long number;

    @Option(names = "--out", paramLabel = "FILE", description = "Write its bytes to a file.")
    private @Nullable Path file;

    @Option(names = "--json", description = "Write JSON; it has the bytes in base64.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    /**
     * A letter in full.
     *
     * @param schema name of the schema that the bytes name; empty if they name none
     * @param content the record as JSON text; empty if the bytes are no such record
     * @param value the bytes in base64; none if there were no bytes
     */
    record Full(
            @JsonUnwrapped LetterRow letter,
            String schema,
            String content,
            @Nullable String value) {}

    @Override
    public Integer call() throws IOException {
        CommandLog.toFile(cluster.dataDir());
        Connection connection = cluster.connection();
        AvroSerdes serdes = connection.serdes();
        run.find(connection, serdes);
        Letter letter = LetterBox.read(connection, serdes, run.runId()).letters().stream()
                .filter(found -> found.number() == number)
                .findFirst()
                .orElseThrow(() -> new BadInputException(
                        "run %s has no dead letter %d; list them with ".formatted(run.runId(), number)
                                + "tracerl dead-letters list --run " + run.runId()));
        byte[] value = letter.value();
        LetterContent content = LetterContent.of(value, serdes.schemas());
        print(letter, value, content, command.commandLine().getOut());
        if (file != null && value != null) {
            Files.write(file, value);
            command.commandLine().getErr().println("Written: " + file.toAbsolutePath());
        }
        return ExitCode.SUCCESS;
    }

    private void print(Letter letter, byte @Nullable [] value, LetterContent content, PrintWriter out) {
        LetterRow row = LetterRow.of(letter);
        if (json) {
            String base64 = value == null ? null : Base64.getEncoder().encodeToString(value);
            out.println(JsonText.of(new Full(row, content.schema(), content.text(), base64)));
            return;
        }
        out.println("number   " + row.number());
        out.println("refused  " + row.at() + " by " + row.stage());
        out.println("reason   " + row.reason());
        out.println("origin   %s, partition %d, offset %d".formatted(row.topic(), row.partition(), row.offset()));
        out.println("key      " + row.key());
        out.println("schema   " + (content.schema().isEmpty() ? "none that the registry knows" : content.schema()));
        if (!content.text().isEmpty()) {
            out.println("content  " + content.text());
        } else if (value != null) {
            out.println("content  is no such record; %d bytes:".formatted(value.length));
            hex(value, out);
        } else {
            out.println("content  none");
        }
    }

    private static void hex(byte[] value, PrintWriter out) {
        int shown = Math.min(value.length, SHOWN_BYTES);
        for (int from = 0; from < shown; from += LINE_BYTES) {
            out.println("  " + HexFormat.ofDelimiter(" ").formatHex(value, from, Math.min(from + LINE_BYTES, shown)));
        }
        if (shown < value.length) {
            out.println("  ... and " + (value.length - shown) + " more; --out writes all to a file");
        }
    }
}
