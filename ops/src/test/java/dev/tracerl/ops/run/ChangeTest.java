package dev.tracerl.ops.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeTest {

    private static final String TREE =
            "{a: {b: 1, c: 2}, text: '{\"x\": 1}', plain: word, list: [{set: s-1, n: 1}, {set: s.2, n: 2}]}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.b=3 | /a/b | 3",
                "a={b: 3} | /a | {\"b\":3,\"c\":2}",
                "a.d.e=x | /a/d/e | \"x\"",
                "a.b=null | /a | {\"b\":null,\"c\":2}",
                "text.x=2 | /text | {\"x\":2}",
                "list[1].n=7 | /list/1/n | 7",
                "list[*].n=7 | /list/0/n | 7",
                "list[s.2].n=7 | /list/1/n | 7",
                "list[s-1].n=7 | /list/1/n | 2",
                "list=[] | /list | []",
            })
    void aPathLeadsToItsKey(String change, String pointer, String expected) {
        // Given
        ObjectNode tree = tree();

        // When
        apply(change, tree);

        // Then
        assertThat(tree.at(pointer)).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "list[5].n=1 | list[5].n: there is no [5]",
                "plain.x.y=1 | plain.x.y: there is no x",
                "plain.x=1 | plain.x: name a key, as in evaluation[0].count; a list is replaced as a whole",
                "list[0]=1 | list[0]: name a key, as in evaluation[0].count; a list is replaced as a whole",
            })
    void aPathThatLeadsNowhereIsAProblem(String change, String problem) {
        assertThatThrownBy(() -> apply(change, tree())).hasMessageContaining(problem);
    }

    @Test
    void aChangeIsWrittenAsItWasGiven() {
        assertThat(Change.parse(" a.b =text")).hasToString("a.b=text");
        assertThat(Change.parse("a={b: 1}")).hasToString("a={\"b\":1}");
        assertThatThrownBy(() -> Change.parse("a.b")).hasMessageContaining("'a.b' is not key=value");
        assertThatThrownBy(() -> Change.parse("a={b")).hasMessageContaining("'{b' is no YAML");
    }

    private static ObjectNode tree() {
        return (ObjectNode) YamlTree.value(TREE);
    }

    private static void apply(String change, ObjectNode tree) {
        Problems problems = new Problems();
        Change.parse(change).apply(tree, problems);
        problems.throwIfAny("tree");
    }
}
