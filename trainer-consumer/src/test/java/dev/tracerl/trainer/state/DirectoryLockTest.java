package dev.tracerl.trainer.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {

    @TempDir
    Path directory;

    @Test
    void oneTrainerAtATime() {
        try (DirectoryLock lock = DirectoryLock.of(directory)) {
            assertThat(lock.directory()).isEqualTo(directory);
            assertThatThrownBy(() -> DirectoryLock.of(directory))
                    .isInstanceOf(DirectoryInUseException.class)
                    .hasMessageContaining("is in use by another trainer");
        }
    }

    @Test
    void aReleasedDirectoryCanBeTakenAgain() {
        // Given
        DirectoryLock.of(directory).close();

        // When
        try (DirectoryLock again = DirectoryLock.of(directory)) {

            // Then
            assertThat(again.directory()).isEqualTo(directory);
        }
    }
}
