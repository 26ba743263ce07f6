package dev.tracerl.ops.archive;

import dev.tracerl.ops.archive.Manifest.Segment;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Writes one segment file, compressed by gzip. It gets its name when it is finished. Not thread-safe. */
final class SegmentWriter implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;

    private final ArchiveFolder folder;
    private final String file;
    private final MessageDigest digest = Sha256.digest();
    private final DataOutputStream out;
    private long records;
    private long size;
    private final long first;
    private long last;

    /**
     * Begins a file.
     *
     * @param file its path in the folder
     * @param first offset of its first record
     */
    SegmentWriter(ArchiveFolder folder, String file, long first) throws IOException {
        this.folder = folder;
        this.file = file;
        this.first = first;
        Path unfinished = folder.unfinished(file);
        Files.createDirectories(unfinished.getParent());
        OutputStream digested = new DigestOutputStream(Files.newOutputStream(unfinished), digest);
        this.out = new DataOutputStream(new BufferedOutputStream(new FastGzip(digested), BUFFER));
    }

    void write(ArchivedRecord record) throws IOException {
        size += RecordCodec.write(record, out);
        records++;
        last = record.offset();
    }

    /** Bytes before compression. */
    long size() {
        return size;
    }

    /** Ends the file and gives it its name. */
    Segment finish() throws IOException {
        out.close();
        Path finished = folder.publish(file);
        return new Segment(file, records, first, last, Files.size(finished), Sha256.text(digest));
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** Most of the bytes are tokens and weights, which the best compression hardly makes smaller than the fastest. */
    private static final class FastGzip extends GZIPOutputStream {

        FastGzip(OutputStream out) throws IOException {
            super(out, BUFFER);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
