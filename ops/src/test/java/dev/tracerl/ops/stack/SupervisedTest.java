package dev.tracerl.ops.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tracerl.schemas.client.RunAssignment;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisedTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private DataDir dir;
    private Supervised child;

    @BeforeEach
    void start() throws InterruptedException {
        dir = new DataDir(folder).create();
        int port = new Ports().free();
        List<String> command = List.of(
                Installation.java().toString(),
                "-Xmx32m",
                "-cp",
                System.getProperty("java.class.path"),
                DummyServer.class.getName(),
                String.valueOf(port),
                folder.resolve("exit").toString());
        child = new Supervised(spec(command, URI.create("tcp://127.0.0.1:" + port)), new Events(dir), () -> {});
        child.start();
    }

    @AfterEach
    void stop() {
        child.beginStop();
        child.awaitStop(LIMIT);
    }

    @Test
    void aCrashedChildIsStartedAgainAndTheUserIsTold() throws Exception {
        // Given
        Supervised.awaitReady(List.of(child), LIMIT);
        child.keepAlive();
        long pid = child.state().pid();

        // When
        exitWith(7);

        // Then
        await().atMost(LIMIT)
                .until(() -> child.state().pid() > 0 && child.state().pid() != pid);
        Supervised.awaitReady(List.of(child), LIMIT);
        assertThat(child.state().restarts()).isEqualTo(1);
        assertThat(Files.readString(dir.log(Events.LOG)))
                .contains("dummy ended: exit code 7; it is started again in 1 s");
    }

    @Test
    void whatAKilledChildLeavesInItsTemporaryFolderIsTakenAway() throws Exception {
        // Given
        Supervised.awaitReady(List.of(child), LIMIT);
        child.keepAlive();
        Path left = Files.createDirectories(dir.temporary("dummy").resolve("natives"));
        Files.writeString(left.resolve("library.so"), "unpacked");
        long pid = child.state().pid();

        // When
        exitWith(137);

        // Then
        await().atMost(LIMIT)
                .until(() -> child.state().pid() > 0 && child.state().pid() != pid);
        assertThat(dir.temporary("dummy")).isEmptyDirectory();
    }

    @Test
    void aReassignedChildIsStartedAgainWithoutAWord() throws Exception {
        // Given
        Supervised.awaitReady(List.of(child), LIMIT);
        child.keepAlive();
        long pid = child.state().pid();

        // When
        exitWith(RunAssignment.EXIT_CODE);

        // Then
        await().atMost(LIMIT)
                .until(() -> child.state().pid() > 0 && child.state().pid() != pid);
        assertThat(child.state().restarts()).isZero();
        assertThat(dir.log(Events.LOG)).doesNotExist();
    }

    @Test
    void aChildWhoseHeapIsFullIsNoReassignedChild() throws Exception {
        // Given
        Supervised.awaitReady(List.of(child), LIMIT);
        child.keepAlive();
        Files.writeString(dir.log("dummy"), "Terminating due to java.lang.OutOfMemoryError: Java heap space\n");

        // When
        exitWith(3); // Java's own code under -XX:+ExitOnOutOfMemoryError

        // Then
        await().atMost(LIMIT).until(() -> child.state().restarts() == 1);
        assertThat(child.state().lastEnd()).isEqualTo("it ran out of memory");
    }

    @Test
    void aChildThatCrashesOnceItWasReadyDoesNotFailTheStart() throws Exception {
        // Given
        Supervised.awaitReady(List.of(child), LIMIT);

        // When
        exitWith(1);
        await().atMost(LIMIT).until(() -> child.state().pid() == -1);

        // Then
        Supervised.awaitReady(List.of(child), LIMIT);
        child.keepAlive();
        await().atMost(LIMIT)
                .until(() -> child.state().restarts() == 1 && child.state().pid() > 0);
    }

    @Test
    void aChildThatIsStoppedStaysDown() throws Exception {
        // Given
        Supervised.awaitReady(List.of(child), LIMIT);
        child.keepAlive();

        // When
        child.beginStop();
        child.awaitStop(LIMIT);

        // Then
        assertThat(child.state().pid()).isEqualTo(-1);
        child.start();
        assertThat(child.state().pid()).isEqualTo(-1);
    }

    @Test
    void aChildThatEndsBeforeItIsReadyFailsTheStartWithTheReasonInItsLog() {
        // Given
        ProcessSpec spec = spec(
                List.of("sh", "-c", "echo 'java.lang.OutOfMemoryError: Java heap space'; exit 3"),
                URI.create("tcp://127.0.0.1:" + new Ports().free()));
        Supervised crashing = new Supervised(spec, new Events(dir), () -> {});

        // When
        crashing.start();

        // Then
        assertThatThrownBy(() -> Supervised.awaitReady(List.of(crashing), LIMIT))
                .isInstanceOf(StackException.class)
                .hasMessageStartingWith("dummy did not start: it ran out of memory (log: ");
    }

    private ProcessSpec spec(List<String> command, URI health) {
        return new ProcessSpec("dummy", command, Map.of(), dir.log("dummy"), dir.temporary("dummy"), health);
    }

    private void exitWith(int code) throws IOException {
        Path temporary = Files.writeString(folder.resolve("exit.tmp"), String.valueOf(code));
        Files.move(temporary, folder.resolve("exit"), StandardCopyOption.ATOMIC_MOVE);
    }
}
