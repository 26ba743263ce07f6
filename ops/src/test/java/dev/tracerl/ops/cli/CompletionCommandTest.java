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
    void zshCompletesSubcommandsAndOptions() throws IOException, InterruptedException {
        assertThat(completeInZsh("tracerl aud")).isEqualTo("audit");
        assertThat(completeInZsh("tracerl dead-letters rep")).isEqualTo("dead-letters replay");
        assertThat(completeInZsh("tracerl archive --t")).isEqualTo("archive --to");
    }

    @Test
    void anotherShellIsRefused() {
        assertThat(TracerlCommand.execute("completion", "fish")).isEqualTo(2);
    }

    /** What a real, interactive zsh calls the command with when tab and return are typed behind a line. */
    private String completeInZsh(String line) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/bin/zsh")), "there is no zsh");
        String quietly = "autoload -U compinit && compinit -u -D\n"; // asks nothing, leaves no file
        Path setUp = Files.writeString(folder.resolve("set-up.zsh"), quietly + script("zsh") + """
                unsetopt beep
                tracerl() { print -r -- "CALLED:$*:" }
                print READY
                """);
        String program = """
                zmodload zsh/zpty
                zpty shell zsh -f -i
                zpty -w shell "source '%s'"
                zpty -r shell seen '*READY*'
                zpty -w -n shell $'%s\\t\\n'
                zpty -r shell seen '*CALLED:*:*'
                print -r -- $seen
                """.formatted(setUp, line);
        String output = run("/bin/zsh", "-f", "-c", program);
        return output.replaceFirst("(?s).*CALLED:(.*?) ?:.*", "$1");
    }

    private static String script(String shell) {
        StringWriter script = new StringWriter();
        TracerlCommand.commandLine().setOut(new PrintWriter(script)).execute("completion", shell);
        return script.toString();
    }

    /** What a real bash offers for the last word. */
    private String[] complete(String... words) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash");
        Path file = Files.writeString(folder.resolve("completion.bash"), script("bash"));
        String program =
                """
                source '%s'
                COMP_WORDS=(%s)
                COMP_CWORD=%d
                COMP_LINE="${COMP_WORDS[*]}"
                COMP_POINT=${#COMP_LINE}
                $(complete -p tracerl | sed 's/.*-F \\([^ ]*\\) .*/\\1/') 2>/dev/null
                """.formatted(file, String.join(" ", words), words.length - 1) + "\nprintf '%s\\n' \"${COMPREPLY[@]}\"";
        return run("/bin/bash", "--norc", "-c", program)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toArray(String[]::new);
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
