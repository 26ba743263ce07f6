package dev.tracerl.reward.topology;

import dev.tracerl.reward.port.Origin;
import dev.tracerl.schemas.Decoded;

/** A record that was read: decoded or not, and where it came from. */
record Arrival<V>(Decoded<V> decoded, Origin origin) {}
