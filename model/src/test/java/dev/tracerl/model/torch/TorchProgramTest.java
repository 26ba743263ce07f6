package dev.tracerl.model.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class TorchProgramTest {
    private static final List<String> SOURCE = List.of("/torch/functions.ts", "/torch/program.ts");

    @Test
    void methodsTakeTensorsAndListsAndReturnThemFlattened() {
        try (TorchProgram program = TorchProgram.load("cpu", 1, SOURCE);
                TensorScope scope = program.scope()) {
            // Given
            Tensor factor = scope.floats(new float[] {2}, 1);
            List<Tensor> terms = List.of(
                    scope.floats(new float[] {1, 2, 3, 4}, 2, 2), scope.floats(new float[] {10, 20, 30, 40}, 2, 2));

            // When
            List<Tensor> results =
                    scope.run(Call.inference("scaled_sum").with(factor).with(terms));

            // Then
            assertThat(results).hasSize(3);
            assertThat(results.get(0).floats()).containsExactly(22, 44, 66, 88);
            assertThat(results.get(0).shape()).containsExactly(2, 2);
            assertThat(results.get(1).floats()).containsExactly(1, 2, 3, 4);
        }
    }

    @Test
    void gradientsAreOnOnlyInTrainingCalls() throws InterruptedException {
        try (TorchProgram program = TorchProgram.load("cpu", 1, SOURCE)) {
            // When
            double[] slope = new double[1];
            Thread other = new Thread(() -> slope[0] = slope(program));
            other.start();
            other.join();

            // Then
            assertThat(slope[0]).isEqualTo(6);
            assertThat(slope(program)).isEqualTo(6);
            try (TensorScope scope = program.scope()) {
                Tensor x = scope.floats(new float[] {3}, 1);
                assertThatThrownBy(() ->
                                scope.run(Call.inference("slope_of_square").with(x)))
                        .hasMessageContaining("does not require grad");
            }
        }
    }

    private static double slope(TorchProgram program) {
        try (TensorScope scope = program.scope()) {
            Tensor x = scope.floats(new float[] {3}, 1);
            return scope.run(Call.training("slope_of_square").with(x)).get(0).floats()[0];
        }
    }

    @Test
    void recordedCallsRepeatOnTheSameTensors() {
        try (TorchProgram program = TorchProgram.load("cpu", 1, SOURCE);
                TensorScope scope = program.scope()) {
            // Given
            ByteBuffer memory = ByteBuffer.allocateDirect(4).order(ByteOrder.LITTLE_ENDIAN);
            memory.putFloat(0, 3);
            Tensor x = scope.view(memory, 1);
            List<Tensor> terms = List.of(scope.floats(new float[] {1}, 1), x);

            // When
            Recording recording = program.record(() -> {
                try (TensorScope work = program.scope()) {
                    work.run(Call.training("slope_of_square").with(x));
                    work.run(Call.inference("scaled_sum").with(x).with(List.of(terms.get(0))));
                }
            });
            scope.run(Call.inference("scaled_sum").with(terms.get(0)).with(List.of(x)));

            // Then
            try (recording) {
                assertThat(recording.methods()).containsExactly("slope_of_square", "scaled_sum");
                assertThat(recording.argument(1, 1).get(0).floats()).containsExactly(1);
                assertThat(recording.repeats()).isTrue();
                memory.putFloat(0, 4);
                assertThat(recording.repeats()).isFalse();
            }
        }
    }

    @Test
    void tensorsOutliveTheirScopeOnlyIfKept() {
        try (TorchProgram program = TorchProgram.load("cpu", 1, SOURCE)) {
            // Given
            int before = program.keptTensors();
            Tensor kept;

            // When
            try (TensorScope scope = program.scope()) {
                kept = scope.keep(scope.zeros(3));
                scope.zeros(4);
            }

            // Then
            assertThat(kept.floats()).containsExactly(0, 0, 0);
            assertThat(program.keptTensors()).isEqualTo(before + 1);
            kept.close();
            assertThat(program.keptTensors()).isEqualTo(before);
        }
    }

    @Test
    void bytesAreCopiedOutInLittleEndianOrder() {
        try (TorchProgram program = TorchProgram.load("cpu", 1, SOURCE);
                TensorScope scope = program.scope()) {
            // Given
            ByteBuffer source = ByteBuffer.allocateDirect(8).order(ByteOrder.LITTLE_ENDIAN);
            source.putFloat(0, 1.5f).putFloat(4, -2);
            ByteBuffer target = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);

            // When
            scope.view(source, 2).copyTo(target);

            // Then
            assertThat(target.flip().getFloat()).isEqualTo(1.5f);
            assertThat(target.getFloat()).isEqualTo(-2);
        }
    }

    @Test
    void unknownDevicesAndResourcesAreRefused() {
        assertThatThrownBy(() -> TorchProgram.load("tpu", 1, SOURCE))
                .hasMessage("device must be cpu, cuda or cuda:<index>, got tpu");
        assertThatThrownBy(() -> TorchProgram.load("cuda:99", 1, SOURCE))
                .isInstanceOf(TorchUnavailableException.class)
                .hasMessageStartingWith("device cuda:99 does not exist: PyTorch sees ");
        assertThatThrownBy(() -> TorchProgram.load("cpu", 1, List.of("/torch/absent.ts")))
                .hasMessage("no resource /torch/absent.ts");
    }

    @Test
    void emptyListsAreRefused() {
        assertThatThrownBy(() -> Call.inference("scaled_sum").with(List.of()))
                .hasMessage("argument 0 of scaled_sum is an empty list");
    }
}
