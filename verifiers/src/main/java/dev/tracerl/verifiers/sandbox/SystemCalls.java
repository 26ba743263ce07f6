package dev.tracerl.verifiers.sandbox;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The system calls of x86-64 Linux that Python needs to compute, read and write files, and run threads. What is missing:
 * new processes, sockets that lead anywhere, tracing, mounts, name spaces, shared memory, keys, kernel programs.
 */
final class SystemCalls {

    static final int IOCTL = 16;
    static final int SOCKETPAIR = 53;
    static final int CLONE = 56;
    static final int PRLIMIT64 = 302;
    static final int CLONE3 = 435;

    /** Flag of {@code clone} for a thread of the same process. */
    static final int CLONE_THREAD = 0x10000;

    /** Address family of pairs of sockets within a process. */
    static final int AF_UNIX = 1;

    /** TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIOCLEX: questions, and flags of descriptors. */
    static final Set<Integer> IOCTL_REQUESTS = Set.of(0x5401, 0x5413, 0x541B, 0x5421, 0x5451);

    private static final Set<Integer> FREE = Stream.of(
                    range(0, 16), // read .. rt_sigreturn; among them open, close, stat, poll, mmap, brk
                    range(17, 27), // pread64 .. msync; among them pipe, select, sched_yield, mremap
                    Stream.of(28), // madvise
                    range(32, 41), // dup .. sendfile; among them nanosleep, setitimer, getpid
                    Stream.of(44, 45, 48), // sendto, recvfrom, shutdown: of pairs of sockets
                    range(59, 64), // execve, exit, wait4, kill, uname
                    range(72, 92), // fcntl .. fchmod: files and folders
                    Stream.of(95, 96, 97, 98, 99, 100), // umask, gettimeofday, getrlimit .. times
                    Stream.of(102, 104, 107, 108, 110, 111, 115, 118, 120, 121, 124), // who am I
                    Stream.of(127, 128, 130, 131, 132, 137, 138), // signals, utime, statfs
                    Stream.of(140, 143, 145, 146, 147, 158, 160, 186), // priorities, arch_prctl, setrlimit, gettid
                    Stream.of(200, 201, 202, 204, 213, 217, 218, 219, 221), // tkill, time, futex .. fadvise64
                    range(228, 236), // clock_gettime .. utimes; among them exit_group, epoll_wait, tgkill
                    Stream.of(247, 257, 258), // waitid, openat, mkdirat
                    range(262, 272), // newfstatat .. ppoll
                    Stream.of(273, 274, 280, 281, 284, 285), // robust lists, utimensat, epoll_pwait, eventfd, fallocate
                    range(290, 294), // eventfd2, epoll_create1, dup3, pipe2
                    Stream.of(295, 296, 309, 316, 318, 326, 327, 332, 334), // preadv .. getrandom, statx, rseq
                    Stream.of(436, 437, 439, 441, 449)) // close_range, openat2, faccessat2, epoll_pwait2, futex_waitv
            .flatMap(numbers -> numbers)
            .collect(Collectors.toUnmodifiableSet());

    private SystemCalls() {}

    /** Numbers of the calls that are allowed whatever their arguments are. */
    static Set<Integer> free() {
        return FREE;
    }

    /** @param end exclusive */
    private static Stream<Integer> range(int start, int end) {
        return IntStream.range(start, end).boxed();
    }
}
