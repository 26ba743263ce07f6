package dev.tracerl.verifiers.sandbox;

/**
 * The filter of system calls: what is not on the list of {@link SystemCalls} is answered with "not permitted", so that the
 * program sees an error and goes on. Calls of another architecture kill the process.
 */
final class SeccompFilter {

    private static final int ALLOW = 0x7FFF0000;
    private static final int KILL_PROCESS = 0x80000000;
    private static final int NOT_PERMITTED = 0x00050001;
    private static final int NOT_IMPLEMENTED = 0x00050026;
    private static final int X86_64 = 0xC000003E;

    /** Numbers from here on belong to the x32 interface of the same architecture. */
    private static final int X32 = 0x40000000;

    private SeccompFilter() {}

    /** The program for x86-64. */
    static byte[] program() {
        Bpf filter = new Bpf()
                .load(Bpf.ARCHITECTURE)
                .returnUnlessEqual(X86_64, KILL_PROCESS)
                .load(Bpf.NUMBER)
                .returnIfAtLeast(X32, KILL_PROCESS);
        SystemCalls.free().stream().sorted().forEach(number -> filter.returnIfEqual(number, ALLOW));
        // A new process has other flags than a thread. The C library falls back to clone, whose flags can be seen.
        filter.whenEqual(SystemCalls.CLONE, onlyBits(0, SystemCalls.CLONE_THREAD));
        filter.returnIfEqual(SystemCalls.CLONE3, NOT_IMPLEMENTED);
        filter.whenEqual(SystemCalls.SOCKETPAIR, onlyEqual(0, SystemCalls.AF_UNIX));
        filter.whenEqual(SystemCalls.PRLIMIT64, onlyEqual(0, 0));
        Bpf ioctl = new Bpf().load(Bpf.argument(1));
        SystemCalls.IOCTL_REQUESTS.stream().sorted().forEach(request -> ioctl.returnIfEqual(request, ALLOW));
        filter.whenEqual(SystemCalls.IOCTL, ioctl.returnWith(NOT_PERMITTED));
        return filter.returnWith(NOT_PERMITTED).bytes();
    }

    private static Bpf onlyBits(int argument, int bits) {
        return new Bpf()
                .load(Bpf.argument(argument))
                .returnIfAnyBit(bits, ALLOW)
                .returnWith(NOT_PERMITTED);
    }

    private static Bpf onlyEqual(int argument, int value) {
        return new Bpf()
                .load(Bpf.argument(argument))
                .returnIfEqual(value, ALLOW)
                .returnWith(NOT_PERMITTED);
    }
}
