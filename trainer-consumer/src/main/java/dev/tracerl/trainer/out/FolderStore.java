package dev.tracerl.trainer.out;

import dev.tracerl.schemas.Ids;
import dev.tracerl.schemas.Topic;
import dev.tracerl.schemas.avro.StoreKind;
import dev.tracerl.schemas.avro.WeightChunk;
import dev.tracerl.schemas.weights.WeightBytes;
import dev.tracerl.schemas.weights.WeightFolder;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store FILE: the bytes are files of the weight folder, in a folder for each number whose name holds the checksum of
 * the last file. A trainer that was fenced, and does not know it yet, thus cannot change what another one has published.
 * A chunk without bytes stands for them on the log.
 *
 * @param topic of the chunks
 * @param home where they are in the weight folder; nothing else is there
 */
record FolderStore(Transactions log, Topic<WeightChunk> topic, String runId, WeightFolder folder, String home)
        implements ByteStore {

    private static final Logger LOG = LoggerFactory.getLogger(FolderStore.class);
    private static final int NAMED = 12; // characters of the checksum

    @Override
    public StoreKind kind() {
        return StoreKind.FILE;
    }

    @Override
    public int chunks(WeightBytes bytes) {
        return 1;
    }

    @Override
    public void require(Place place) {
        if (isOwn(place) && !folder.has(place.location())) {
            throw new UncheckedIOException(new NoSuchFileException(folder.root() + "/" + place.location()
                    + ", which the log names, is not there: is the right folder mounted at " + folder.root() + "?"));
        }
    }

    @Override
    public void prepare(long number, Map<String, WeightBytes> files) {
        String location = location(number, files);
        files.forEach((name, bytes) -> folder.write(location + "/" + name, bytes));
    }

    /** Of a state, the last file has the checksums of all others. */
    private String location(long number, Map<String, WeightBytes> files) {
        String sha256 = files.values().stream()
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .sha256();
        return String.format(Locale.ROOT, "%s/%06d-%s", home, number, sha256.substring(0, NAMED));
    }

    @Override
    public Place write(long number, Map<String, WeightBytes> files) {
        WeightChunk mark = WeightChunk.newBuilder()
                .setModelId(runId)
                .setVersion(number)
                .setIndex(0)
                .setCount(1)
                .setData(ByteBuffer.allocate(0))
                .build();
        Transactions.location(log.sent(topic, Ids.chunk(number, 0), mark));
        return new Place(location(number, files), 1);
    }

    @Override
    public void delete(long number, Place place) {
        log.delete(topic, Ids.chunk(number, 0));
    }

    /** What cannot be deleted stays; that is no reason to stop training. */
    @Override
    public void discard(Place place) {
        if (!isOwn(place)) {
            return;
        }
        try {
            folder.delete(place.location());
        } catch (UncheckedIOException e) {
            LOG.warn("no version needs these files any more, but they stay; delete them by hand", e);
        }
    }

    /** A run that was restored under another name has the files of the first one, which are not its own. */
    private boolean isOwn(Place place) {
        return place.location().startsWith(home + "/");
    }
}
