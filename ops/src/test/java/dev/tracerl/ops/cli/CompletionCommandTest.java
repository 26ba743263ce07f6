package dev.tracerl.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {

    @TempDir
    private Path folder;

    @Test
    void bashCompletesSubcommands() throws IOException, InterruptedException {
        assertThat(complete("tracerl", "aud")).containsExactly("audit");
        assertThat(complete("tracerl", "dead-letters", "rep")).containsExactly("replay");
        assertThat(complete("tracerl", "completion", "z")).containsExactly("zsh");
    }

    @Test
    void bashCompletesOptions() throws IOException, InterruptedException {
        assertThat(complete("tracerl", "archive", "--t")).containsExactly("--to");
    }

    @Test
    void whatUsersDoNotCallIsNotOffered() throws IOException, InterruptedException {
        assertThat(complete("tracerl", "superv")).isEmpty();
    }

    @Test
    void anotherShellIsRefused() {
        assertThat(TracerlCommand.execute("completion", "fish")).isEqualTo(2);
    }

    /** What a real bash offers for the last word. */
    private String[] complete(String... words) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash");
        StringWriter script = new StringWriter();
        TracerlCommand.commandLine().setOut(new PrintWriter(script)).execute("completion", "bash");
        Path file = Files.writeString(folder.resolve("completion.bash"), script.toString());
        String program =
                """
                source '%s'
                COMP_WORDS=(%s)
                COMP_CWORD=%d
                COMP_LINE="${COMP_WORDS[*]}"
                COMP_POINT=${#COMP_LINE}
                $(complete -p tracerl | sed 's/.*-F \\([^ ]*\\) .*/\\1/') 2>/dev/null
                """.formatted(file, String.join(" ", words), words.length - 1) + "\nprintf '%s\\n' \"${COMPREPLY[@]}\"";
        Process bash = new ProcessBuilder("/bin/bash", "--norc", "-c", program)
                .redirectErrorStream(true)
                .start();
        String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        bash.waitFor();
        return output.lines().map(String::strip).filter(line -> !line.isEmpty()).toArray(String[]::new);
    }
}
