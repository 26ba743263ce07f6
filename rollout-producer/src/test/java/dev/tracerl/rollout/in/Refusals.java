package dev.tracerl.rollout.in;

import dev.tracerl.rollout.group.Receipt;
import java.util.ArrayList;
import java.util.List;

/** A receipt that remembers. */
final class Refusals implements Receipt {

    final List<String> reasons = new ArrayList<>();

    @Override
    public void done() {
        // nothing to remember
    }

    @Override
    public void refuse(String reason) {
        reasons.add(reason);
    }

    @Override
    public boolean revoked() {
        return false;
    }
}
