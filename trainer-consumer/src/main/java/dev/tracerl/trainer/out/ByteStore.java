package dev.tracerl.trainer.out;

import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.weights.WeightBytes;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * Where the bytes of versions, or those of states, go. A number, of a version or of a step, has one or more files. For each
 * there is a record on the chunk topic, at least one, that is deleted with it: they tell which numbers are there.
 */
interface ByteStore {

    /** What manifests call it. */
    StoreKind kind();

    /** Records on the chunk topic for a file. */
    int chunks(WeightBytes bytes);

    /**
     * Makes sure that this is where the files of a number were written.
     *
     * @throws UncheckedIOException if they are not there, as with a mount that failed
     */
    void require(Place place);

    /** Writes what can be written before the transaction, of which nothing is seen without a manifest. */
    void prepare(long number, Map<String, WeightBytes> files);

    /** Writes the rest, within the transaction, and waits until a record of it is on the chunk topic. */
    Place write(long number, Map<String, WeightBytes> files);

    /** Deletes the records of a number within the transaction. */
    void delete(long number, Place place);

    /** Deletes what else there is of a number, once the transaction that deleted its records is committed. */
    void discard(Place place);

    /**
     * Where the files of a number are.
     *
     * @param location of the first chunk, or of the folder
     * @param chunks records on the chunk topic
     */
    record Place(String location, int chunks) {}
}
