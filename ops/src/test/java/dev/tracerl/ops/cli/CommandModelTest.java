package dev.tracerl.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What holds of every command. */
class CommandModelTest {

    static Stream<CommandLine> commands() {
        List<CommandLine> commands = new ArrayList<>();
        collect(TracerlCommand.commandLine(), commands);
        return commands.stream()
                .filter(command -> !command.getCommandSpec().usageMessage().hidden());
    }

    private static void collect(CommandLine command, List<CommandLine> commands) {
        commands.add(command);
        command.getSubcommands().values().forEach(below -> collect(below, commands));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandIsDescribedAndHelps(CommandLine command) {
        // When
        String usage = command.getUsageMessage();

        // Then
        assertThat(command.getCommandSpec().usageMessage().description())
                .as(command.getCommandName())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.replace("%n", "")).endsWith("."));
        assertThat(command.getCommandSpec().optionsMap()).containsKeys("--help");
        assertThat(usage)
                .contains("Exit codes:")
                .containsPattern("(?m)^\\s+0\\s+Success\\.$")
                .containsPattern("(?m)^\\s+1\\s")
                .containsPattern("(?m)^\\s+2\\s")
                .containsPattern("(?m)^\\s+3\\s")
                .containsPattern("(?m)^\\s+130\\s+Interrupted\\.$");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyOptionIsDescribed(CommandLine command) {
        assertThat(command.getCommandSpec().options())
                .filteredOn(option -> !option.hidden())
                .allSatisfy(option -> assertThat(String.join(" ", option.description()))
                        .as(option.longestName())
                        .isNotBlank());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "runs",
                "topics",
                "weights list",
                "weights show",
                "dead-letters",
                "dead-letters list",
                "dead-letters show",
                "dead-letters replay",
                "audit",
                "trace",
                "eval",
                "tasks load",
                "verify",
                "archive",
                "restore",
                "demo"
            })
    void whatPrintsAResultWritesJson(String path) {
        // Given
        CommandLine command = TracerlCommand.commandLine();

        // When
        for (String name : path.split(" ")) {
            command = command.getSubcommands().get(name);
        }

        // Then
        assertThat(command.getCommandSpec().optionsMap()).containsKey("--json");
    }

    @Test
    void anUnknownOptionIsWrongUsage() {
        assertThat(TracerlCommand.execute("runs", "--no-such-option")).isEqualTo(2);
    }

    @Test
    void withoutAStackTheExitCodeIsThree(@TempDir Path empty) {
        // Given
        StringWriter out = new StringWriter();
        StringWriter errors = new StringWriter();
        CommandLine tracerl =
                TracerlCommand.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(errors));

        // When
        int code = tracerl.execute("runs", "--json", "--data-dir", empty.toString());

        // Then
        assertThat(code).isEqualTo(3);
        assertThat(out.toString()).isEmpty();
        assertThat(errors.toString())
                .isEqualToNormalizingNewlines(
                        "tracerl: no stack is running in %s: start one with tracerl up\n".formatted(empty));
    }

    /** Port 1 is nobody's. */
    @Test
    void aBrokerThatIsNotThereIsNamed(@TempDir Path empty) {
        // Given
        StringWriter errors = new StringWriter();
        CommandLine tracerl = TracerlCommand.commandLine().setErr(new PrintWriter(errors));

        // When
        int code = tracerl.execute(
                "audit",
                "--run",
                "r",
                "--data-dir",
                empty.toString(),
                "--bootstrap-servers",
                "127.0.0.1:1",
                "--registry-url",
                "http://127.0.0.1:1");

        // Then
        assertThat(code).isEqualTo(3);
        assertThat(errors.toString())
                .startsWith("tracerl: the broker at 127.0.0.1:1 cannot be reached: is it running?");
    }
}
