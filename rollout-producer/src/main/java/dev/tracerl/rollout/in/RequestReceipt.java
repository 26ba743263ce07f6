package dev.tracerl.rollout.in;

import dev.tracerl.rollout.group.Receipt;
import dev.tracerl.rollout.out.DeadLetterOffice;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Receipt of a request: its offset in its partition. */
record RequestReceipt(PartitionProgress progress, ConsumerRecord<byte[], byte[]> origin, DeadLetterOffice deadLetters)
        implements Receipt {

    @Override
    public void done() {
        progress.done(origin.offset());
    }

    @Override
    public void refuse(String reason) {
        deadLetters.request(reason, origin, this::done);
    }

    @Override
    public boolean revoked() {
        return progress.revoked();
    }
}
