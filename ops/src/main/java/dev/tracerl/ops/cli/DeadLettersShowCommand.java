package dev.tracerl.ops.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tracerl.ops.deadletters.Letter;
import dev.tracerl.ops.deadletters.LetterBox;
import dev.tracerl.ops.deadletters.LetterContent;
import dev.tracerl.ops.input.BadInputException;
import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.client.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

    @Mixin
    private Output output = new Output();

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
        String base64 = value == null ? null : Base64.getEncoder().encodeToString(value);
        LetterRow row = LetterRow.of(letter);
        output.result(new Full(row, content.schema(), content.text(), base64), () -> lines(row, value, content));
        if (file != null && value != null) {
            Files.write(file, value);
            output.prose().println("Written: " + file.toAbsolutePath());
        }
        return ExitCode.SUCCESS;
    }

    private static List<String> lines(LetterRow row, byte @Nullable [] value, LetterContent content) {
        List<String> lines = new ArrayList<>();
        lines.add("number   " + row.number());
        lines.add("refused  " + row.at() + " by " + row.stage());
        lines.add("reason   " + row.reason());
        lines.add("origin   %s, partition %d, offset %d".formatted(row.topic(), row.partition(), row.offset()));
        lines.add("key      " + row.key());
        lines.add("schema   " + (content.schema().isEmpty() ? "none that the registry knows" : content.schema()));
        if (!content.text().isEmpty()) {
            lines.add("content  " + content.text());
        } else if (value != null) {
            lines.add("content  is no such record; %d bytes:".formatted(value.length));
            hex(value, lines);
        } else {
            lines.add("content  none");
        }
        return lines;
    }

    private static void hex(byte[] value, List<String> lines) {
        int shown = Math.min(value.length, SHOWN_BYTES);
        for (int from = 0; from < shown; from += LINE_BYTES) {
            lines.add("  " + HexFormat.ofDelimiter(" ").formatHex(value, from, Math.min(from + LINE_BYTES, shown)));
        }
        if (shown < value.length) {
            lines.add("  ... and " + (value.length - shown) + " more; --out writes all to a file");
        }
    }
}
