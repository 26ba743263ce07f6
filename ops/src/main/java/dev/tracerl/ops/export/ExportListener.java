package dev.tracerl.ops.export;

/** Hears how far an export is. */
public interface ExportListener {

    /**
     * Some records of a phase were read.
     *
     * @param done records of the phase so far, counted by offsets
     * @param total all of them
     */
    void progress(String phase, long done, long total);
}
