package dev.tracerl.model.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A call of a program's method with its arguments in order; an argument is a tensor or a list of tensors. The same
 * handle must not appear both in a list and on its own, or in two lists.
 */
public final class Call {
    private final String method;
    private final boolean gradients;
    private final List<List<Tensor>> arguments = new ArrayList<>();
    private final List<Boolean> lists = new ArrayList<>();

    private Call(String method, boolean gradients) {
        this.method = method;
        this.gradients = gradients;
    }

    /** A call that builds no graph. */
    public static Call inference(String method) {
        return new Call(method, false);
    }

    /** A call that differentiates inside. */
    public static Call training(String method) {
        return new Call(method, true);
    }

    /** Appends tensors, one argument each. */
    public Call with(Tensor... tensors) {
        for (Tensor tensor : tensors) {
            arguments.add(List.of(tensor));
            lists.add(false);
        }
        return this;
    }

    /** Appends one argument of type {@code List[Tensor]}; it must not be empty. */
    public Call with(List<Tensor> tensors) {
        if (tensors.isEmpty()) {
            throw new IllegalArgumentException("argument " + arguments.size() + " of " + method + " is an empty list");
        }
        arguments.add(tensors);
        lists.add(true);
        return this;
    }

    /** The same call with other tensors. */
    Call map(UnaryOperator<Tensor> other) {
        Call call = new Call(method, gradients);
        arguments.forEach(
                tensors -> call.arguments.add(tensors.stream().map(other).toList()));
        call.lists.addAll(lists);
        return call;
    }

    String method() {
        return method;
    }

    boolean gradients() {
        return gradients;
    }

    /** How DJL names the tensors of argument {@code i}: one name makes one list, no name a plain tensor. */
    @org.jspecify.annotations.Nullable
    String name(int i) {
        return lists.get(i) ? "list" + i + "[]" : null;
    }

    List<List<Tensor>> arguments() {
        return arguments;
    }
}
