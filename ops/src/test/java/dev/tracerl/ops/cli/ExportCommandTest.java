package dev.tracerl.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.ops.export.ExportTable;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ExportCommandTest {

    @Test
    void thereAreAllTablesUnlessSomeAreNamed() {
        assertThat(tables()).containsExactlyInAnyOrder(ExportTable.values());
        assertThat(tables("--tables=tokens,train_steps"))
                .containsExactlyInAnyOrder(ExportTable.TOKENS, ExportTable.TRAIN_STEPS);
    }

    @Test
    void anUnknownTableIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> tables("--tables=groups"))
                .isInstanceOf(CommandLine.ParameterException.class)
                .hasMessageContaining("TRAJECTORIES, TOKENS, TRAIN_STEPS, EVALUATIONS");
    }

    private static Set<ExportTable> tables(String... options) {
        String[] args = Stream.concat(Stream.of("--run=sudoku", "--to=export"), Arrays.stream(options))
                .toArray(String[]::new);
        CommandLine command = new CommandLine(new ExportCommand()).setCaseInsensitiveEnumValuesAllowed(true);
        command.parseArgs(args);
        return command.getCommandSpec().findOption("--tables").getValue();
    }
}
