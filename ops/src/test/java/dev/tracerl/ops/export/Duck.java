package dev.tracerl.ops.export;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** DuckDB with a view for every table of an export. */
final class Duck implements AutoCloseable {

    private final Connection connection;

    /** Without any table. */
    Duck() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
    }

    Duck(Path folder) throws SQLException {
        this();
        for (ExportTable table : ExportTable.values()) {
            execute("create view %s as from read_parquet('%s/%s/*/*.parquet', hive_partitioning = true)"
                    .formatted(table.id(), folder.toAbsolutePath(), table.id()));
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Names of the columns, then the rows, as text; absent values are empty. */
    List<List<String>> query(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<List<String>> rows = new ArrayList<>();
            int columns = result.getMetaData().getColumnCount();
            List<String> heading = new ArrayList<>();
            for (int column = 1; column <= columns; column++) {
                heading.add(result.getMetaData().getColumnLabel(column));
            }
            rows.add(heading);
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    row.add(text(result.getObject(column)));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    private static String text(Object value) {
        return value == null ? "" : String.valueOf(value);
    }

    /** Rows, with the names of their files, that a table has in one of two folders only. */
    long differences(Path one, Path other, ExportTable table) throws SQLException {
        String rows = "(from (select * exclude filename, parse_filename(filename) as file from read_parquet('%s/"
                + table.id() + "/*/*.parquet', filename = true)))";
        String left = rows.formatted(one);
        String right = rows.formatted(other);
        return number("select count(*) from ((%s except all %s) union all (%s except all %s))"
                .formatted(left, right, right, left));
    }

    /** Takes a row. */
    interface Row {
        void take(ResultSet row) throws SQLException;
    }

    /** Hands on every row. */
    void each(String sql, Row handler) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                handler.take(result);
            }
        }
    }

    /** The only value of the only row. */
    long number(String sql) throws SQLException {
        return Long.parseLong(query(sql).get(1).get(0));
    }

    /** One column. */
    List<String> column(String sql) throws SQLException {
        return query(sql).stream().skip(1).map(row -> row.get(0)).toList();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
