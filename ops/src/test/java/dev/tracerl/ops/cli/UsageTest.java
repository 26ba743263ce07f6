package dev.tracerl.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Wrong usage is one sentence, whatever is wrong, and nothing is done. */
class UsageTest {

    private static final String NAME =
            "is not made of 1 to 100 lower-case letters, digits, dashes and dots, the first one a letter or digit";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "fork --run r --at 1 --as Bad_Name | invalid value for option '--as': 'Bad_Name' " + NAME,
                "fork --run r --at -1 --as good | '--at': '-1' is not a whole number from 0 on",
                "fork --run r --at 1 --as good --set key | --set: 'key' is not key=value, as in sampler.maxTokens=48",
                "rescore --run r --as Bad | 'Bad' " + NAME,
                "rescore --run r --from x | 'x' is not a whole number from 0 on",
                "restore --from dir --as Bad | 'Bad' " + NAME,
                "tasks load --kind math --set Bad file | '--set': 'Bad' " + NAME,
                "up --broker-port 99999 | '99999' is not a port from 1 to 65535, or 0 for a free one",
                "up --registry-port=-1 | '-1' is not a port from 1 to 65535, or 0 for a free one",
                "up --rollouts two | 'two' is not a whole number",
                "runs --bootstrap-servers foo | '--bootstrap-servers': 'foo' is not HOST:PORT, as in 127.0.0.1:9092",
                "runs --bootstrap-servers foo:1,bar | 'foo:1,bar' is not HOST:PORT",
                "runs --bootstrap-servers foo:99999 | 'foo:99999' is not HOST:PORT",
                "runs --registry-url foo:8080 | '--registry-url': 'foo:8080' is not a URL, as in http://",
                "runs --registry-url http://a_b{ | 'http://a_b{' is not a URL",
                "demo --seed abc | '--seed': 'abc' is not a whole number",
                "demo --target 40 | '40' is not a number from 0 to 1, as in 0.4",
                "demo --max-lag=-1 | '-1' is not a whole number from 0 on",
                "demo --steps 0 | '0' is not a whole number from 1 on",
                "demo --task chess | '--task': expected one of",
                "experiment lag --steps 0 | '0' is not a whole number from 1 on",
                "experiment lag --seeds 1,b | 'b' is not a whole number",
                "logs -n -5 | '-5' is not a whole number from 0 on",
                "replay --run r --from=-3 | '-3' is not a whole number from 0 on",
                "export --run r --to d --rows-per-file 0 | '0' is not a whole number from 1 on",
                "export --run r --to d --tables words | '--tables'",
                "weights show --run r newest | 'newest' is not a whole number",
                "weights pin --run r --version 40 | unknown option: '--version'",
                "tasks | missing required subcommand",
                "dead-letters | missing required subcommand (list, show, replay) or parameter: 'RUN'",
                "verify --kind nope --in x | there is no verifier for kind nope; there are: ",
                "verify --kind math --in missing.jsonl | cannot read file missing.jsonl",
                "completion fish | there is no completion for fish, only for bash and zsh",
                "explain | missing required argument (specify one of these): (--weights=SHA|RUN@VERSION",
                "rusn | unmatched argument at index 0: 'rusn' (did you mean",
                "audit | missing required option: '--run=RUN'",
            })
    void isOneSentence(String line, String sentence) {
        // When
        int code = run(line.split(" "));

        // Then
        assertThat(code).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(errors.toString().lines())
                .singleElement()
                .asString()
                .startsWith("tracerl: ")
                .contains(sentence)
                .containsPattern("; see tracerl( [a-z-]+)* --help$");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whoAsksForNothingIsToldTheCommands() {
        // When
        int code = TracerlCommand.commandLine().setErr(new PrintWriter(errors)).execute();

        // Then
        assertThat(code).isEqualTo(2);
        assertThat(errors.toString()).startsWith("Usage: tracerl ").contains("selfcheck");
    }

    /** Where a version of weights is meant, {@code --version} of the program would answer and do nothing. */
    @Test
    void onlyTheProgramHasAVersion() {
        // Given
        List<String> withVersion = new ArrayList<>();

        // When
        collect(TracerlCommand.commandLine(), withVersion);

        // Then
        assertThat(withVersion).containsExactly("tracerl");
    }

    private static void collect(CommandLine command, List<String> withVersion) {
        if (command.getCommandSpec().optionsMap().containsKey("--version")) {
            withVersion.add(command.getCommandSpec().qualifiedName());
        }
        command.getSubcommands().values().forEach(below -> collect(below, withVersion));
    }

    @ParameterizedTest
    @CsvSource({
        "status",
        "runs",
        "topics",
        "audit --run r",
        "logs",
        "down",
        "weights list --run r",
        "start --run r",
        "run runs.yaml"
    })
    void aDataFolderThatIsMistypedIsNotMade(String line) {
        // Given
        Path typo = folder.resolve("typo");

        // When
        run((line + " --data-dir " + typo).split(" "));

        // Then
        assertThat(Files.exists(typo)).isFalse();
    }

    private int run(String... args) {
        return TracerlCommand.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(errors))
                .execute(args);
    }
}
