package dev.tracerl.schemas.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceMemoryTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            Cannot reserve 16777216 bytes of direct buffer memory (allocated: 1, limit: 2) | raise -XX:MaxDirectMemorySize in TRACERL_TRAINER_JAVA_OPTS
            Java heap space                       | raise -Xmx in TRACERL_TRAINER_JAVA_OPTS of tracerl up, or in JAVA_TOOL_OPTIONS
            GC overhead limit exceeded            | raise -Xmx in
            unable to create native thread: possibly out of memory | raise its limit of processes
            Metaspace                             | raise -Xmx or -XX:MaxDirectMemorySize in
            """)
    void anOutOfMemoryErrorSaysWhichSettingToChange(String message, String advice) {
        // Given
        Throwable failure = new IllegalStateException("training groups", new OutOfMemoryError(message));

        // When // Then
        assertThat(ServiceMemory.TRAINER.advice(failure)).get().asString().contains(advice);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            CUDA out of memory. Tried to allocate 2.00 GiB                                  | the GPU's memory is full: it takes a smaller loss.microBatchTokens, or another device
            DefaultCPUAllocator: can't allocate memory: you tried to allocate 8589934592 bytes | the machine's memory is full: it takes a smaller loss.microBatchTokens
            """)
    void aTensorThatFindsNoRoomSaysWhatToMakeSmaller(String message, String advice) {
        // When // Then
        assertThat(ServiceMemory.TRAINER.advice(new IllegalStateException(message)))
                .get()
                .asString()
                .startsWith(advice);
    }

    @Test
    void anotherFailureIsNotOneOfMemory() {
        // When // Then
        assertThat(ServiceMemory.REWARD.advice(new IllegalStateException("the disk is full")))
                .isEmpty();
    }
}
