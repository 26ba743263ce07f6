package dev.tracerl.trainer.state;

/** Another trainer on this machine keeps its checkpoints in the directory. */
public final class DirectoryInUseException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    DirectoryInUseException(String message) {
        super(message);
    }
}
