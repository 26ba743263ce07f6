package dev.tracerl.verifiers.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The command line that starts a blank sandbox. */
final class SandboxCommand {

    private static final String TEMPORARY_BYTES = String.valueOf(64 * 1024 * 1024);
    private static final String USER = "1000";

    private SandboxCommand() {}

    /** A shell opens the filter as descriptor 3, the only way to hand one on from Java; then everything replaces itself. */
    static List<String> of(Host host, Path filter) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "exec \"$@\" 3<\"$0\"", filter.toString()));
        if (host.isRoot()) {
            String nobody = String.valueOf(Host.NOBODY);
            command.add(Host.tool("setpriv", "util-linux").toString());
            command.addAll(List.of("--reuid", nobody, "--regid", nobody, "--clear-groups"));
        }
        command.add(host.bubblewrap().toString());
        command.addAll(List.of("--unshare-all", "--unshare-user", "--uid", USER, "--gid", USER));
        command.addAll(List.of("--die-with-parent", "--new-session", "--cap-drop", "ALL", "--hostname", "sandbox"));
        // The same order of sets for everybody, so that a verdict can be reproduced.
        command.addAll(List.of("--clearenv", "--setenv", "PYTHONHASHSEED", "0"));
        files(host, command);
        command.addAll(List.of("--seccomp", "3", host.python().toString()));
        command.addAll(List.of("-S", "-s", "-B", "-c", resource("codec.py") + "\n" + resource("loader.py")));
        return List.copyOf(command);
    }

    /** No /proc, no /etc, no shell: libraries, the interpreter, two devices, and a folder of its own in memory. */
    private static void files(Host host, List<String> command) {
        host.folders().forEach(folder -> mount(folder, command));
        String python = host.python().toString();
        command.addAll(List.of("--ro-bind", python, python));
        command.addAll(List.of("--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache"));
        for (String device : List.of("/dev/null", "/dev/urandom")) {
            command.addAll(List.of("--dev-bind", device, device));
        }
        command.addAll(List.of("--size", TEMPORARY_BYTES, "--tmpfs", "/tmp", "--chdir", "/tmp", "--remount-ro", "/"));
    }

    private static void mount(Path folder, List<String> command) {
        String name = folder.toString();
        if (Files.isSymbolicLink(folder)) {
            command.addAll(List.of("--symlink", target(folder), name));
        } else {
            command.addAll(List.of("--ro-bind", name, name));
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(String name) {
        try (@Nullable InputStream file = SandboxCommand.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("resource " + name + " is missing");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
