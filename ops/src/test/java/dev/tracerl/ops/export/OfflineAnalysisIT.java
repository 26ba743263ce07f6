package dev.tracerl.ops.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The statements of the page answer what the page says, on the log that it speaks of. */
@ExtendWith(ExportStack.Provider.class)
class OfflineAnalysisIT {

    private static final Path PAGE = Path.of("..", "docs", "offline-analysis.md");

    @Test
    void everyStatementOfThePageAnswersWhatThePageSays(ExportStack stack, @TempDir Path folder)
            throws SQLException, IOException {
        // Given
        stack.export(stack.log().run(), folder);
        List<String> page = Files.readAllLines(PAGE);

        // When
        List<String> answered = answered(page, folder);

        // Then
        assertThat(answered).isEqualTo(page);
        assertThat(page.stream().filter("```sql"::equals)).hasSizeGreaterThan(5);
    }

    /** The page with the answers of its statements below them. */
    private static List<String> answered(List<String> page, Path folder) throws SQLException {
        List<String> answered = new ArrayList<>();
        try (Duck duck = new Duck()) {
            int line = 0;
            while (line < page.size()) {
                answered.add(page.get(line));
                if (page.get(line++).equals("```sql")) {
                    int end = line + page.subList(line, page.size()).indexOf("```");
                    List<String> statement = page.subList(line, end);
                    answered.addAll(page.subList(line, end + 1));
                    line = afterTable(page, end + 1);
                    answered.addAll(answer(duck, String.join("\n", statement), folder));
                }
            }
        }
        return answered;
    }

    private static int afterTable(List<String> page, int from) {
        int line = from + 1;
        if (line >= page.size() || !page.get(line).startsWith("|")) {
            return from;
        }
        while (line < page.size() && page.get(line).startsWith("|")) {
            line++;
        }
        return line;
    }

    /** An empty line and the answer as a table; nothing for statements that have none. */
    private static List<String> answer(Duck duck, String statement, Path folder) throws SQLException {
        String here = statement.replace("'export/", "'" + folder + "/");
        if (here.startsWith("create")) {
            duck.execute(here);
            return List.of();
        }
        List<List<String>> rows = duck.query(here);
        List<String> lines = new ArrayList<>(
                List.of("", row(rows.get(0)), "|---".repeat(rows.get(0).size()) + "|"));
        rows.stream().skip(1).map(OfflineAnalysisIT::row).forEach(lines::add);
        return lines;
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
