package dev.tracerl.reward.query;

/** Where an instance of this service can be asked. */
public record Host(String name, int port) {

    @Override
    public String toString() {
        return name + ":" + port;
    }
}
