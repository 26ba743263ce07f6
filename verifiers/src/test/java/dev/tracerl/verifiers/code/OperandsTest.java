package dev.tracerl.verifiers.code;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tracerl.verifiers.TaskInputs;
import dev.tracerl.verifiers.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operands and functions of a test that the code would like to bring along. */
class OperandsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "assert sorted(answer()) == [9]|def sorted(x): return [9]⏎def answer(): return [1]",
                "import math⏎assert math.isclose(answer(), 9)|class Fake:⏎  def isclose(self, *a): return True⏎math ="
                        + " Fake()⏎def answer(): return 1",
                "assert abs(answer() - 9) < 1e-6|class N(float):⏎  def __sub__(self, o): return N(0)⏎def answer():"
                        + " return N(1)",
                "assert abs(answer() - 9) < 1e-6|class N:⏎  def __sub__(self, o): return 0⏎def answer(): return N()",
                "assert not answer()|class N:⏎  def __bool__(self): return False⏎def answer(): return N()",
                "assert answer() in [9]|class N:⏎  def __eq__(self, o): return True⏎def answer(): return N()",
                "assert 9 == answer()|class N:⏎  def __eq__(self, o): return True⏎def answer(): return N()",
                "assert answer() >= 9|class N:⏎  def __ge__(self, o): return True⏎def answer(): return N()",
                "assert len(answer()) == 9|class L(list):⏎  def __len__(self): return 9⏎def answer(): return L()",
                "assert str(answer()) == '9'|class N:⏎  def __str__(self): return '9'⏎def answer(): return N()",
            })
    void whatTheCodeBringsAlongDoesNotDecide(String test, String code) throws IOException {
        // Given
        String tests = new ObjectMapper().writeValueAsString(Map.of("kind", "function", "cases", List.of(lines(test))));
        TaskInputs task = new TaskInputs("t/0", "code", "", Map.of("tests", tests));

        // When
        Verdict verdict = SandboxHere.verifier().verify(task, lines(code));

        // Then
        assertThat(verdict).isInstanceOf(Verdict.Incorrect.class);
    }

    private static String lines(String text) {
        return text.replace('\u23CE', '\n');
    }
}
