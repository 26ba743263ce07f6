package dev.tracerl.verifiers.math.symbolic;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The worker process. Says {@code ready}, then answers every line {@code number<tab>left<tab>right} with
 * {@code number<tab>equal}, {@code agreeing}, {@code different} or {@code unknown}. Ends with its input, so that it never
 * outlives its parent.
 */
public final class SymjaMain {

    static final String READY = "ready";

    private SymjaMain() {}

    /** Reads requests until the input ends. */
    public static void main(String[] args) throws IOException {
        // The bare descriptors: whatever the library prints must not get into the answers.
        try (BufferedReader in = new BufferedReader(
                        new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.US_ASCII));
                PrintStream out =
                        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.US_ASCII)) {
            System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.US_ASCII));
            EqualityTest test = new EqualityTest();
            out.println(READY);
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] parts = line.split("\t");
                out.println(parts[0] + "\t" + test.run(parts[1], parts[2]));
            }
        }
    }
}
