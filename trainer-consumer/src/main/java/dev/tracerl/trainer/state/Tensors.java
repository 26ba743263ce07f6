package dev.tracerl.trainer.state;

/**
 * The trainer's tensors as bytes. Arrays are shared and must not be written.
 *
 * @param parameters a safetensors file
 * @param optimizer state of the optimizer; empty if it has none yet
 */
public record Tensors(byte[] parameters, byte[] optimizer) {

    /** No tensors. */
    public static final Tensors NONE = new Tensors(new byte[0], new byte[0]);
}
