package dev.tracerl.model.training;

import dev.tracerl.core.pack.PackedExample;
import dev.tracerl.model.network.ModelConfig;
import dev.tracerl.model.network.ModelFamily;
import dev.tracerl.model.network.Parameters;
import dev.tracerl.model.safetensors.NamedTensor;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The transformer written row by row in double precision, with visibility asked for every pair. */
public final class PlainTransformer {
    /** What LLaDA calls things, and what others call them. */
    private static final List<String> LLADA_NAMES = List.of(
            "model.transformer.wte",
            "model.embed_tokens",
            "model.transformer.ln_f",
            "model.norm",
            "model.transformer.ff_out",
            "lm_head",
            "model.transformer.blocks.",
            "model.layers.",
            ".attn_norm",
            ".input_layernorm",
            ".ff_norm",
            ".post_attention_layernorm",
            ".attn_out",
            ".self_attn.o_proj",
            ".q_proj",
            ".self_attn.q_proj",
            ".k_proj",
            ".self_attn.k_proj",
            ".v_proj",
            ".self_attn.v_proj",
            ".ff_proj",
            ".mlp.gate_proj",
            ".up_proj",
            ".mlp.up_proj",
            ".ff_out",
            ".mlp.down_proj");

    private final ModelConfig config;
    private final Map<String, double[]> weights = new HashMap<>();

    public PlainTransformer(Parameters parameters) {
        this.config = parameters.config();
        for (NamedTensor tensor : parameters.tensors()) {
            FloatBuffer floats =
                    tensor.data().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
            double[] values = new double[floats.remaining()];
            for (int i = 0; i < values.length; i++) {
                values[i] = floats.get(i);
            }
            weights.put(name(tensor.name()), values);
        }
    }

    /** The name of a tensor as most families have it. */
    private String name(String tensor) {
        String name = tensor;
        if (config.family() == ModelFamily.LLADA) {
            for (int i = 0; i < LLADA_NAMES.size(); i += 2) {
                name = name.replace(LLADA_NAMES.get(i), LLADA_NAMES.get(i + 1));
            }
        }
        return name;
    }

    /** {@code (N, vocabulary)}. */
    double[][] scores(PackedExample example) {
        return scores(example.tokens(), example.positions(), example::sees);
    }

    /** Whether row {@code i} sees row {@code j}. */
    public interface Visibility {
        boolean sees(int i, int j);
    }

    /** {@code (N, vocabulary)}. */
    public double[][] scores(int[] tokens, int[] positions, Visibility visibility) {
        int rows = tokens.length;
        double[][] x = new double[rows][];
        for (int i = 0; i < rows; i++) {
            x[i] = row(weights.get("model.embed_tokens.weight"), tokens[i], config.hiddenSize());
        }
        for (int layer = 0; layer < config.layers(); layer++) {
            String name = "model.layers." + layer + ".";
            double[][] attended = attend(x, positions, visibility, name);
            for (int i = 0; i < rows; i++) {
                add(x[i], linear(attended[i], name + "self_attn.o_proj"));
                add(x[i], feedForward(norm(x[i], weights.get(name + "post_attention_layernorm.weight")), name));
            }
        }
        String head = config.tiedEmbeddings() ? "model.embed_tokens" : "lm_head";
        double[][] scores = new double[rows][];
        for (int i = 0; i < rows; i++) {
            scores[i] = linear(norm(x[i], weights.get("model.norm.weight")), head);
        }
        return scores;
    }

    private double[][] attend(double[][] x, int[] positions, Visibility visibility, String layer) {
        int rows = x.length;
        double[][] q = new double[rows][];
        double[][] k = new double[rows][];
        double[][] v = new double[rows][];
        for (int i = 0; i < rows; i++) {
            double[] h = norm(x[i], weights.get(layer + "input_layernorm.weight"));
            int position = positions[i];
            q[i] = heads(linear(h, layer + "self_attn.q_proj"), layer + "self_attn.q_norm.weight", position);
            k[i] = heads(linear(h, layer + "self_attn.k_proj"), layer + "self_attn.k_norm.weight", position);
            v[i] = linear(h, layer + "self_attn.v_proj");
        }
        double[][] out = new double[rows][config.queryWidth()];
        for (int i = 0; i < rows; i++) {
            for (int head = 0; head < config.heads(); head++) {
                int d = config.headDim();
                int shared = head / (config.heads() / config.keyValueHeads()) * d;
                double[] p = probabilities(visibility, i, row(q[i], head, d), k, shared);
                for (int j = 0; j < rows; j++) {
                    for (int f = 0; f < d; f++) {
                        out[i][head * d + f] += p[j] * v[j][shared + f];
                    }
                }
            }
        }
        return out;
    }

    private static double[] probabilities(Visibility visibility, int i, double[] q, double[][] k, int from) {
        double[] p = new double[k.length];
        double sum = 0;
        for (int j = 0; j < p.length; j++) {
            double dot = 0;
            for (int f = 0; f < q.length; f++) {
                dot += q[f] * k[j][from + f];
            }
            p[j] = visibility.sees(i, j) ? Math.exp(dot / Math.sqrt(q.length)) : 0;
            sum += p[j];
        }
        for (int j = 0; j < p.length; j++) {
            p[j] /= sum;
        }
        return p;
    }

    /** Norm and rotation of each head. */
    private double[] heads(double[] x, String norm, int position) {
        int d = config.headDim();
        double[] out = new double[x.length];
        for (int from = 0; from < x.length; from += d) {
            double[] head = row(x, from / d, d);
            double[] y = config.queryKeyNorm() ? norm(head, weights.get(norm)) : head;
            for (int f = 0; f < d / 2; f++) {
                double angle = position * Math.pow(config.ropeTheta(), -2.0 * f / d);
                out[from + f] = y[f] * Math.cos(angle) - y[f + d / 2] * Math.sin(angle);
                out[from + f + d / 2] = y[f + d / 2] * Math.cos(angle) + y[f] * Math.sin(angle);
            }
        }
        return out;
    }

    private double[] feedForward(double[] x, String layer) {
        double[] gate = linear(x, layer + "mlp.gate_proj");
        double[] up = linear(x, layer + "mlp.up_proj");
        for (int i = 0; i < gate.length; i++) {
            gate[i] = gate[i] / (1 + Math.exp(-gate[i])) * up[i];
        }
        return linear(gate, layer + "mlp.down_proj");
    }

    private double[] norm(double[] x, double[] weight) {
        double sum = 0;
        for (double value : x) {
            sum += value * value;
        }
        double scale = 1 / Math.sqrt(sum / x.length + config.normEpsilon());
        double[] out = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = x[i] * scale * weight[i];
        }
        return out;
    }

    private double[] linear(double[] x, String name) {
        double[] weight = weights.get(name + ".weight");
        double[] bias = weights.get(name + ".bias");
        double[] out = new double[weight.length / x.length];
        for (int o = 0; o < out.length; o++) {
            out[o] = bias == null ? 0 : bias[o];
            for (int i = 0; i < x.length; i++) {
                out[o] += weight[o * x.length + i] * x[i];
            }
        }
        return out;
    }

    private static double[] row(double[] matrix, int row, int width) {
        double[] out = new double[width];
        System.arraycopy(matrix, row * width, out, 0, width);
        return out;
    }

    private static void add(double[] target, double[] values) {
        for (int i = 0; i < target.length; i++) {
            target[i] += values[i];
        }
    }
}
