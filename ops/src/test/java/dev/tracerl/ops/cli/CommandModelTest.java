package dev.tracerl.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tracerl.ops.stack.HeldStack;
import dev.tracerl.ops.stack.StackState;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What holds of every command. */
class CommandModelTest {

    /** Groups of commands, help, and what prints text that is its own format: log lines and a shell's script. */
    private static final Set<String> WITHOUT_RESULT = Set.of("", "weights", "tasks", "help", "logs", "completion");

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
    @MethodSource("commands")
    void whatPrintsAResultWritesJsonAndSaysSo(CommandLine command) throws IOException {
        // Given
        String name = command.getCommandSpec().qualifiedName().replaceFirst("tracerl ?", "");
        assumeFalse(WITHOUT_RESULT.contains(name), name + " prints no result");
        String json = Files.readString(Path.of("../docs/command-line.md")).split("## JSON")[1];

        // Then
        assertThat(command.getCommandSpec().optionsMap()).as(name).containsKey("--json");
        assertThat(json).as("docs of " + name).contains("`" + name + "`");
    }

    @Test
    void anUnknownOptionIsWrongUsage() {
        assertThat(TracerlCommand.execute("runs", "--no-such-option")).isEqualTo(2);
    }

    @Test
    void withJsonStandardOutputHoldsNothingElse(@TempDir Path empty) throws IOException {
        // Given
        StringWriter out = new StringWriter();
        CommandLine tracerl = TracerlCommand.commandLine().setOut(new PrintWriter(out));

        // When
        int code = tracerl.execute("down", "--json", "--data-dir", empty.toString());

        // Then
        JsonNode down = new ObjectMapper().readTree(out.toString());
        assertThat(code).isZero();
        assertThat(down.get("dataDir").asText()).isEqualTo(empty.toString());
        assertThat(down.get("stopped").asBoolean()).isFalse();
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

    @Test
    void aStackThatIsStartingIsNoStackThatRuns(@TempDir Path folder) {
        try (HeldStack held = HeldStack.of(folder, StackState.Phase.STARTING)) {
            // Given
            StringWriter out = new StringWriter();
            StringWriter errors = new StringWriter();
            CommandLine tracerl =
                    TracerlCommand.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(errors));

            // When
            int up = tracerl.execute("up", "--data-dir", folder.toString());
            int runs = tracerl.execute("runs", "--data-dir", folder.toString());
            tracerl.execute("status", "--data-dir", folder.toString());

            // Then
            String starting =
                    "another tracerl is starting this stack (process %d); wait for it".formatted(HeldStack.PID);
            assertThat(held).isNotNull();
            assertThat(List.of(up, runs)).containsOnly(3);
            assertThat(errors.toString().lines())
                    .containsExactly(
                            "tracerl: " + starting, "tracerl: the stack in " + folder + " is not ready: " + starting);
            assertThat(out.toString())
                    .contains("The stack in " + folder + " is STARTING.")
                    .doesNotContain("Next: ");
        }
    }

    @Test
    void aDemoOnTheLocalStackHasNoOtherDeployment(@TempDir Path empty) {
        // Given
        StringWriter errors = new StringWriter();
        CommandLine tracerl = TracerlCommand.commandLine().setErr(new PrintWriter(errors));

        // When
        int code = tracerl.execute("demo", "--deployment", "other", "--data-dir", empty.toString());

        // Then
        assertThat(code).isEqualTo(2);
        assertThat(errors.toString())
                .startsWith("tracerl: --deployment other needs --bootstrap-servers and --registry-url: ");
    }

    @Test
    void aRunForADeploymentThatTheLocalStackLacksIsWarnedOf(@TempDir Path folder) {
        try (HeldStack held = HeldStack.of(folder, StackState.Phase.READY)) {
            // Given
            assertThat(held).isNotNull();
            ClusterOptions cluster = new ClusterOptions();
            CommandLine options = new CommandLine(cluster);

            // When
            options.parseArgs("--data-dir", folder.toString(), "--deployment", "other");

            // Then
            assertThat(cluster.unserved())
                    .contains("the services of the local stack are deployment local: the run waits until others are"
                            + " started for other");
        }
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
