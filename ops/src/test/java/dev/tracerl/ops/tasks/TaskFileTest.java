package dev.tracerl.ops.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tracerl.schemas.avro.Task;
import dev.tracerl.verifiers.Verifiers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskFileTest {

    @TempDir
    private Path folder;

    private final List<String> problems = new ArrayList<>();

    @Test
    void thePublishedFrameworksMathIsRead() throws IOException {
        // When
        List<Task> tasks = read("math", "m.json", """
            [
              {"question": "2+2?", "ground_truth_answer": "4", "extra": [1]},
              {"question": "1/2?", "ground_truth_answer": "\\\\frac{1}{2}"}
            ]
            """);

        // Then
        assertThat(problems).isEmpty();
        assertThat(tasks).extracting(Task::getTaskId).containsExactly("set/0", "set/1");
        assertThat(tasks.get(0).getPrompt()).isEqualTo("2+2?");
        assertThat(tasks.get(1).getInputs()).isEqualTo(Map.of("answer", "\\frac{1}{2}"));
        assertThat(tasks.get(0).getKind()).isEqualTo("math");
    }

    @Test
    void gradeSchoolAndCompetitionShapesAreRead() throws IOException {
        // When
        List<Task> tasks = read("math", "m.jsonl", """
            {"question": "3*6?", "answer": "3*6=<<3*6=18>>18\\n#### 18"}
            {"problem": "Half?", "level": "Level 5", "solution": "So $\\\\boxed{\\\\frac12}$.", "type": "Algebra"}
            {"problem": "Half?", "answer": "1/2", "solution": "It is half.", "level": "2"}
            """);

        // Then
        assertThat(problems).isEmpty();
        assertThat(tasks).extracting(task -> task.getInputs().get("answer")).containsExactly("18", "\\frac12", "1/2");
        assertThat(tasks).extracting(Task::getDifficulty).containsExactly(null, 1.0, 0.25);
        assertThat(tasks.get(0).getReference()).contains("<<3*6=18>>");
    }

    @Test
    void codeShapesBecomeTests() throws IOException {
        // When
        List<Task> tasks = read("code", "c.jsonl", """
            {"question": "q", "test_method": "function", "test_list": ["assert f(1) == 2"], "prefix": "p", "test_time_limit": 1}
            {"question": "q", "test_method": "stdio", "test_input": ["1\\n"], "test_output": ["2\\n"]}
            {"task_id": "HumanEval/0", "prompt": "def f(x):\\n", "entry_point": "f", "canonical_solution": "  return x", "test": "def check(c): pass"}
            {"task_id": 1, "text": "Write f.", "code": "def f(): pass", "test_list": ["assert f() is None"], "test_setup_code": "import re"}
            """);

        // Then
        assertThat(problems).isEmpty();
        assertThat(tasks)
                .extracting(task -> task.getInputs().get("tests"))
                .containsExactly(
                        "{\"kind\":\"function\",\"cases\":[\"assert f(1) == 2\"],\"timeLimitSeconds\":1}",
                        "{\"kind\":\"stdio\",\"cases\":[{\"input\":\"1\\n\",\"output\":\"2\\n\"}]}",
                        "{\"kind\":\"function\",\"cases\":[\"def check(c): pass\"],\"entryPoints\":[\"f\"]}",
                        "{\"kind\":\"function\",\"cases\":[\"assert f() is None\"],\"setup\":\"import re\"}");
        assertThat(tasks)
                .extracting(task -> task.getInputs().get("prefix"))
                .containsExactly("p", null, "def f(x):\n", null);
        assertThat(tasks.get(3).getReference()).isEqualTo("def f(): pass");
    }

    @Test
    void puzzlesAreRead() throws IOException {
        // When
        List<Task> sudokus = read("sudoku", "s.csv", "Puzzle,Solution\n3102200002100320,3142243142131324\n");
        List<Task> countdowns = read("countdown", "c.jsonl", """
            {"input": "30,100,93", "output": "23"}
            {"nums": [1, 2, 3], "target": 6, "use": "some"}
            """);

        // Then
        assertThat(problems).isEmpty();
        assertThat(sudokus.get(0).getInputs()).isEqualTo(Map.of("givens", "3102200002100320"));
        assertThat(sudokus.get(0).getReference()).isEqualTo("3142243142131324");
        assertThat(countdowns.get(0).getPrompt()).isEqualTo("30,100,93=23");
        assertThat(countdowns.get(1).getInputs()).isEqualTo(Map.of("numbers", "1,2,3", "target", "6", "use", "some"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "c.jsonl; {'question': 'a', 'answer': '1'}#{'question': '\u00e9', 'answer': '2'}#{'question': 'c',"
                        + " 'answer': '3'}#",
                "c.json; [{'question': 'a', 'answer': '1'},#{'question': '\u00e9', 'answer': '2'},#{'question': 'c',"
                        + " 'answer': '3'}]"
            })
    void bytesThatAreNoTextSpoilTheirEntryOnly(String name, String text) throws IOException {
        // Given
        byte[] bytes = text.replace('\'', '"').replace('#', '\n').getBytes(StandardCharsets.ISO_8859_1);
        Path file = Files.write(folder.resolve(name), bytes);

        // When
        List<Task> tasks = new TaskFile("exact", Verifiers.byKind().get("exact"))
                .read("set", file, (line, reason) -> problems.add(line + ": " + reason));

        // Then
        assertThat(tasks).extracting(Task::getPrompt).containsExactly("a", "c");
        assertThat(problems).hasSize(1).first().asString().startsWith("2: has bytes that are not UTF-8");
    }

    @Test
    void badLinesAreNamedAndTheRestIsNumberedWithoutGaps() throws IOException {
        // When
        List<Task> tasks = read("countdown", "c.jsonl", """
            {"input": "30,100,93", "output": "23"}
            {"input": "30,100"
            [1]

            {"input": "30,100"}
            {"input": "30,x", "output": "3"}
            {"input": "1,2", "output": "3"}
            """);

        // Then
        assertThat(tasks).extracting(Task::getTaskId).containsExactly("set/0", "set/1");
        assertThat(problems)
                .hasSize(4)
                .anySatisfy(problem -> assertThat(problem).startsWith("2: is not JSON"))
                .anySatisfy(problem -> assertThat(problem).isEqualTo("3: is not a JSON object"))
                .anySatisfy(problem -> assertThat(problem).isEqualTo("5: has no field target or output"))
                .anySatisfy(problem -> assertThat(problem).startsWith("6: numbers must be"));
    }

    @Test
    void anArrayIsReadUpToWhereItIsBroken() throws IOException {
        // When
        List<Task> tasks = read("exact", "e.json", "[\n{\"question\":\"q\",\"answer\":\"a\"},\n{\"question\":}\n]");

        // Then
        assertThat(tasks).hasSize(1);
        assertThat(problems).singleElement().asString().startsWith("3: is not JSON, nothing after it is read");
    }

    @Test
    void whatAJudgeIsAskedStandsBesideTheQuestion() throws IOException {
        // When
        List<Task> tasks = read("judge", "j.jsonl", """
            {"question": "Why is the sky blue?", "model": "grader", "answer": "scattering", "scores": "steps", "scale": 5}
            {"question": "Why?"}
            """);

        // Then
        assertThat(tasks).singleElement().satisfies(task -> {
            assertThat(task.getPrompt()).isEqualTo("Why is the sky blue?");
            assertThat(task.getInputs())
                    .isEqualTo(Map.of("model", "grader", "answer", "scattering", "scores", "steps", "scale", "5"));
            assertThat(task.getReference()).isEqualTo("scattering");
        });
        assertThat(problems).containsExactly("2: input model must name the judge's model, in at most 200 characters");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "judge; {'question': 'q', 'model': 'm', 'answer': ['a', 'b']}; answer is a list",
                "judge; {'question': 'q', 'model': 'm', 'rubric': {'a': 1}}; rubric is an object",
                "exact; {'question': 'q', 'answer': ['a', 'b']}; answer is a list",
                "choice; {'question': ['q'], 'answer': 'A'}; question is a list",
                "math; {'question': 'q', 'answer': ['1', '2'], 'solution': 'So $\\boxed{1}$.'}; answer is a list",
            })
    void fieldsThatAreNoTextAreReportedRatherThanDropped(String kind, String entry, String problem) throws IOException {
        // When
        List<Task> tasks = read(kind, "t.jsonl", "\n" + entry.replace('\'', '"') + "\n");

        // Then
        assertThat(tasks).isEmpty();
        assertThat(problems).containsExactly("2: field " + problem + ", must be a text, a number or a truth value");
    }

    @Test
    void unknownKindsAreRefused() {
        // When
        // Then
        assertThatThrownBy(() -> new TaskFile("poetry", null))
                .hasMessage("kind is poetry, must be one of [math, code, countdown, sudoku, choice, exact, judge]");
    }

    private List<Task> read(String kind, String name, String content) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        return new TaskFile(kind, Verifiers.byKind().get(kind))
                .read("set", file, (line, reason) -> problems.add(line + ": " + reason));
    }
}
