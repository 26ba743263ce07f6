package dev.tracerl.model;

import ai.djl.huggingface.tokenizers.jni.LibUtils;
import dev.tracerl.model.network.Network;

/**
 * Unpacks the native libraries into DJL's cache and loads them, so that an image can hold them unpacked, and a base image
 * that cannot run them fails when it is built.
 */
public final class NativeLibraries {

    private NativeLibraries() {}

    public static void main(String[] args) {
        LibUtils.checkStatus();
        Network.open("cpu").close();
    }
}
