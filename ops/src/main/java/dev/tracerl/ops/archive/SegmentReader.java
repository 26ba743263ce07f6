package dev.tracerl.ops.archive;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads one segment file record by record and knows where it is, so that damage has a place. Not thread-safe. */
final class SegmentReader implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;

    private final String file;
    private final DataInputStream in;
    private long records;
    private long last = -1;

    SegmentReader(ArchiveFolder folder, String file) throws IOException {
        this.file = file;
        this.in = new DataInputStream(
                new BufferedInputStream(new GZIPInputStream(Files.newInputStream(folder.path(file)), BUFFER), BUFFER));
    }

    /**
     * The next record; null at the end.
     *
     * @throws DamagedArchiveException naming the place
     */
    @Nullable
    ArchivedRecord next() {
        try {
            ArchivedRecord record = RecordCodec.read(in);
            if (record != null) {
                records++;
                last = record.offset();
            }
            return record;
        } catch (IOException e) {
            throw new DamagedArchiveException(file + ", " + place() + ": " + reason(e), e);
        }
    }

    /** Which record comes next, in words. */
    String place() {
        return "record " + (records + 1) + (last < 0 ? " (the first)" : " (after offset " + last + ")");
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? "the file ends within the record" : e.getMessage();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
