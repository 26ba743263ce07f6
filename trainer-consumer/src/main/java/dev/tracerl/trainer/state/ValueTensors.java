package dev.tracerl.trainer.state;

/**
 * The tensors of a value model as bytes. Arrays are shared and must not be written.
 *
 * @param parameters a safetensors file
 * @param optimizer state of the optimizer
 */
public record ValueTensors(byte[] parameters, byte[] optimizer) {}
