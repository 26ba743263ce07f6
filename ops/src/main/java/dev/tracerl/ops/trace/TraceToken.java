package dev.tracerl.ops.trace;

/**
 * A token of an answer.
 *
 * @param text its characters
 * @param step denoising step that revealed it, from 1
 * @param probability probability with which it was drawn; 1 if none was recorded
 * @param block block that holds it, from 0
 * @param version policy version of the block; -1 if none was recorded
 */
public record TraceToken(String text, int step, double probability, int block, long version) {}
