package dev.tracerl.verifiers.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a sandbox is built from on this host.
 *
 * @param bubblewrap path of {@code bwrap}
 * @param python path of the interpreter, links resolved
 * @param libraries folder of the interpreter's library
 * @param isRoot whether this process is root, which must not be seen by a sandbox in any way
 */
record Host(Path bubblewrap, Path python, Path libraries, boolean isRoot) {

    /** The only account without rights that every host has. */
    static final int NOBODY = 65534;

    private static final List<String> FOLDERS = List.of("/usr/bin", "/bin", "/usr/local/bin");
    private static final List<Integer> OLDEST_PYTHON = List.of(3, 10);
    private static final long PROBE_SECONDS = 20;
    private static final String QUESTION = "import os, sys; print(os.path.realpath(sys.executable),"
            + " os.path.dirname(os.path.dirname(os.__file__)), sys.version_info[0], sys.version_info[1], sep='\\n')";

    /** @throws SandboxUnavailableException naming what is missing */
    static Host find() {
        String machine = output(List.of(tool("uname", "coreutils").toString(), "-sm"));
        if (!machine.strip().equals("Linux x86_64")) {
            throw new SandboxUnavailableException(
                    "the filter of system calls knows Linux on x86_64 only; this is " + machine.strip());
        }
        Path bubblewrap = tool("bwrap", "bubblewrap");
        List<String> python = output(List.of(tool("python3", "python3").toString(), "-S", "-s", "-B", "-c", QUESTION))
                .lines()
                .toList();
        List<Integer> version = List.of(Integer.valueOf(python.get(2)), Integer.valueOf(python.get(3)));
        if (version.get(0) < OLDEST_PYTHON.get(0) || version.get(1) < OLDEST_PYTHON.get(1)) {
            throw new SandboxUnavailableException(python.get(0) + " is Python " + version.get(0) + "." + version.get(1)
                    + "; 3.10 or later is needed");
        }
        boolean isRoot = runsAsRoot();
        if (isRoot) {
            tool("setpriv", "util-linux");
        }
        return new Host(bubblewrap, Path.of(python.get(0)), Path.of(python.get(1)), isRoot);
    }

    /**
     * A program of the host. The search path is not asked: what runs untrusted code comes from the system's folders.
     *
     * @param packageName what to install if it is missing
     */
    static Path tool(String name, String packageName) {
        return FOLDERS.stream()
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new SandboxUnavailableException(name + " is in none of " + String.join(", ", FOLDERS)
                        + "; install the package " + packageName));
    }

    /** Folders that a sandbox can read: shared libraries and the interpreter's own. */
    List<Path> folders() {
        List<Path> folders = new ArrayList<>(
                List.of(Path.of("/usr/lib"), Path.of("/usr/lib64"), Path.of("/lib"), Path.of("/lib64")));
        if (folders.stream().noneMatch(libraries::startsWith)) {
            folders.add(libraries);
        }
        return folders.stream().filter(Files::exists).toList();
    }

    private static boolean runsAsRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException e) {
            throw new SandboxUnavailableException("/proc cannot be read: " + e, e);
        }
    }

    private static String output(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new SandboxUnavailableException(command.get(0) + " does not work: " + text.strip());
            }
            return text;
        } catch (IOException e) {
            throw new SandboxUnavailableException(command.get(0) + " cannot be started: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxUnavailableException("interrupted while looking at the host", e);
        }
    }
}
