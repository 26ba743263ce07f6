package dev.tracerl.ops.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One of the ways that are compared.
 *
 * @param id its part of the runs' names: lower-case letters, digits and dashes
 * @param name its name in table and picture
 * @param changes what it changes in the base file's last run, in the shape of that run
 */
public record Variant(String id, String name, ObjectNode changes) {}
