package dev.tracerl.ops.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;

/** Writes one Parquet file under a temporary name, then publishes it. */
final class PartWriter<T> implements AutoCloseable {

    /** Rows wait in memory, uncompressed, until a row group of about this size is full. */
    private static final long ROW_GROUP_BYTES = 16L << 20;

    private final Path file;
    private final ParquetWriter<T> writer;
    private long rows;

    PartWriter(Table<T> table, Path file) {
        this.file = file;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.deleteIfExists(Durable.temporary(file));
            this.writer = new Builder<>(table, new LocalOutputFile(Durable.temporary(file)))
                    .withConf(new PlainParquetConfiguration())
                    .withCodecFactory(new ZstdCodec())
                    .withCompressionCodec(CompressionCodecName.ZSTD)
                    .withRowGroupSize(ROW_GROUP_BYTES)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(T row) {
        try {
            writer.write(row);
            rows++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long rows() {
        return rows;
    }

    /** Bytes written and waiting. */
    long bytes() {
        return writer.getDataSize();
    }

    /** Ends the file and lets it appear; returns its size. */
    long publish() {
        try {
            writer.close();
            Durable.publish(file);
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives up what was not published. */
    @Override
    public void close() {
        try {
            writer.close();
            Files.deleteIfExists(Durable.temporary(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Builder<T> extends ParquetWriter.Builder<T, Builder<T>> {

        private final Table<T> table;

        Builder(Table<T> table, OutputFile file) {
            super(file);
            this.table = table;
        }

        @Override
        protected Builder<T> self() {
            return this;
        }

        @Override
        @SuppressWarnings("deprecation") // abstract in the library, which calls the one below
        protected WriteSupport<T> getWriteSupport(Configuration hadoop) {
            return new RowSupport<>(table);
        }

        @Override
        protected WriteSupport<T> getWriteSupport(ParquetConfiguration configuration) {
            return new RowSupport<>(table);
        }
    }
}
