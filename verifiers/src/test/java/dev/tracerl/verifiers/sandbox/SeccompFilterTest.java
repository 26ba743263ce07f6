package dev.tracerl.verifiers.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeccompFilterTest {

    private static final int X86_64 = 0xC000003E;
    private static final int ARM_64 = 0xC00000B7;
    private static final int ALLOW = 0x7FFF0000;
    private static final int NOT_PERMITTED = 0x00050001;
    private static final int NOT_IMPLEMENTED = 0x00050026;
    private static final int KILL = 0x80000000;

    @ParameterizedTest
    @CsvSource({
        "read, 0",
        "write, 1",
        "open, 2",
        "mmap, 9",
        "rt_sigreturn, 15",
        "msync, 26",
        "execve, 59",
        "exit_group, 231",
        "openat, 257",
        "getrandom, 318",
        "statx, 332"
    })
    void whatComputingNeedsIsAllowed(String name, int number) {
        assertThat(decide(X86_64, number, 0, 0)).as(name).isEqualTo(ALLOW);
    }

    @ParameterizedTest
    @CsvSource({
        "shmget, 29",
        "socket, 41",
        "connect, 42",
        "sendmsg, 46",
        "bind, 49",
        "listen, 50",
        "fork, 57",
        "vfork, 58",
        "ptrace, 101",
        "syslog, 103",
        "setuid, 105",
        "personality, 135",
        "prctl, 157",
        "chroot, 161",
        "mount, 165",
        "umount2, 166",
        "init_module, 175",
        "add_key, 248",
        "unshare, 272",
        "perf_event_open, 298",
        "setns, 308",
        "process_vm_readv, 310",
        "seccomp, 317",
        "memfd_create, 319",
        "bpf, 321",
        "execveat, 322",
        "userfaultfd, 323",
        "io_uring_setup, 425",
        "pidfd_getfd, 438",
        "mount_setattr, 442"
    })
    void whatLeadsOutIsNotPermitted(String name, int number) {
        assertThat(decide(X86_64, number, 0, 0)).as(name).isEqualTo(NOT_PERMITTED);
    }

    @Test
    void threadsAreAllowedAndProcessesAreNot() {
        assertThat(decide(X86_64, SystemCalls.CLONE, 0x3D0F00, 0)).isEqualTo(ALLOW);
        assertThat(decide(X86_64, SystemCalls.CLONE, 0x1200011, 0)).isEqualTo(NOT_PERMITTED);
        assertThat(decide(X86_64, SystemCalls.CLONE3, 0, 0)).isEqualTo(NOT_IMPLEMENTED);
    }

    @Test
    void argumentsDecideWhereTheCallDoesNot() {
        assertThat(decide(X86_64, SystemCalls.SOCKETPAIR, 1, 0)).isEqualTo(ALLOW);
        assertThat(decide(X86_64, SystemCalls.SOCKETPAIR, 2, 0)).isEqualTo(NOT_PERMITTED);
        assertThat(decide(X86_64, SystemCalls.PRLIMIT64, 0, 0)).isEqualTo(ALLOW);
        assertThat(decide(X86_64, SystemCalls.PRLIMIT64, 1, 0)).isEqualTo(NOT_PERMITTED);
        assertThat(decide(X86_64, SystemCalls.IOCTL, 1, 0x5401)).isEqualTo(ALLOW);
        assertThat(decide(X86_64, SystemCalls.IOCTL, 0, 0x5412)).isEqualTo(NOT_PERMITTED);
    }

    @Test
    void callsOfAnotherArchitectureKill() {
        assertThat(decide(ARM_64, 0, 0, 0)).isEqualTo(KILL);
        assertThat(decide(X86_64, 0x40000000, 0, 0)).isEqualTo(KILL);
        assertThat(decide(X86_64, -1, 0, 0)).isEqualTo(KILL);
    }

    /** Runs the program as the kernel would. */
    private static int decide(int architecture, int number, int first, int second) {
        ByteBuffer call = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        call.putInt(0, number).putInt(4, architecture).putInt(16, first).putInt(24, second);
        ByteBuffer program = ByteBuffer.wrap(SeccompFilter.program()).order(ByteOrder.LITTLE_ENDIAN);
        int loaded = 0;
        int at = 0;
        while (true) {
            int code = program.getShort(8 * at);
            int operand = program.getInt(8 * at + 4);
            boolean holds;
            switch (code) {
                case 0x20 -> {
                    loaded = call.getInt(operand);
                    at++;
                    continue;
                }
                case 0x06 -> {
                    return operand;
                }
                case 0x15 -> holds = loaded == operand;
                case 0x35 -> holds = Integer.compareUnsigned(loaded, operand) >= 0;
                case 0x45 -> holds = (loaded & operand) != 0;
                default -> throw new AssertionError("instruction " + code);
            }
            at += 1 + Byte.toUnsignedInt(program.get(8 * at + (holds ? 2 : 3)));
        }
    }
}
