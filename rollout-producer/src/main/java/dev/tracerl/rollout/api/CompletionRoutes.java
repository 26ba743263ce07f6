package dev.tracerl.rollout.api;

import dev.tracerl.rollout.RolloutService;
import dev.tracerl.rollout.completion.Completion;
import dev.tracerl.rollout.completion.Completions;
import dev.tracerl.rollout.completion.Problem;
import dev.tracerl.rollout.config.RolloutConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/** The paths of the interface. */
@ApplicationScoped
public class CompletionRoutes {

    private static final long MOST_BYTES = 1 << 20;

    private final RolloutService service;
    private final MeterRegistry registry;
    private final boolean enabled;
    private final ApiKey key;

    CompletionRoutes(RolloutService service, RolloutConfig config, MeterRegistry registry) {
        this.service = service;
        this.registry = registry;
        this.enabled = config.api().enabled();
        this.key = new ApiKey(config.api().key());
    }

    void register(@Observes Router router) {
        if (!enabled) {
            return;
        }
        router.route("/v1/*").handler(this::authorize);
        router.get("/v1/models").handler(this::models);
        router.get("/v1/models/:model").handler(this::model);
        for (Endpoint endpoint : Endpoint.values()) {
            router.post(endpoint.path())
                    .handler(BodyHandler.create(false).setBodyLimit(MOST_BYTES))
                    .handler(context -> complete(context, endpoint));
        }
        router.route("/v1/*").handler(CompletionRoutes::unknown).failureHandler(CompletionRoutes::failed);
    }

    private void authorize(RoutingContext context) {
        if (key.opens(context.request().getHeader("Authorization"))) {
            context.next();
        } else {
            refuse(
                    context,
                    new Problem(
                            401,
                            "authentication_error",
                            "invalid_api_key",
                            null,
                            "send the worker's tracerl.api.key as header Authorization: Bearer KEY"));
        }
    }

    private void models(RoutingContext context) {
        ModelsJson.send(context.response(), ModelsJson.list(service.completions()));
    }

    private void model(RoutingContext context) {
        Optional<Completions> completions = service.completions();
        ModelName name = ModelName.parse(context.pathParam("model"));
        if (completions.isPresent() && completions.get().door().run().getRunId().equals(name.run())) {
            ModelsJson.send(context.response(), ModelsJson.of(context.pathParam("model"), completions.get()));
        } else {
            refuse(context, Problem.unknownModel("model '" + name.run() + "' is not sampled here"));
        }
    }

    private void complete(RoutingContext context, Endpoint endpoint) {
        Optional<Completions> completions = service.completions();
        if (completions.isEmpty()) {
            new ApiMetrics(registry, "", endpoint).ended("503");
            refuse(context, noRun());
            return;
        }
        ApiMetrics metrics =
                new ApiMetrics(registry, completions.get().door().run().getRunId(), endpoint);
        HttpAnswer answer = new HttpAnswer(endpoint, context.response(), Vertx.currentContext(), metrics);
        byte[] body = context.body().buffer() == null
                ? new byte[0]
                : context.body().buffer().getBytes();
        Completion completion = completions.get().accept(door -> answer.read(body, door), answer);
        context.response().closeHandler(gone -> {
            if (completion.cancel()) {
                metrics.ended("cancelled");
            }
        });
    }

    private Problem noRun() {
        return switch (service.state()) {
            case IDLE, WORKING -> Problem.unavailable("no_run", "no run is assigned to this worker yet; start one");
            case REFUSED ->
                Problem.unavailable("run_refused", "this worker cannot sample the assigned run; its log says why");
            case FAILED -> Problem.unavailable("stopping", "the worker has failed and restarts");
        };
    }

    private static void unknown(RoutingContext context) {
        String asked = context.request().method() + " " + context.normalizedPath();
        refuse(context, new Problem(404, "invalid_request_error", "unknown_url", null, "there is no " + asked));
    }

    private static void failed(RoutingContext context) {
        int status = context.statusCode() < 400 ? 500 : context.statusCode();
        String message = status == 413
                ? "the body has more than " + MOST_BYTES + " bytes"
                : "the request cannot be read: " + context.failure();
        refuse(context, new Problem(status, "invalid_request_error", "invalid_request", null, message));
    }

    private static void refuse(RoutingContext context, Problem problem) {
        ProblemJson.send(context.response(), problem);
    }
}
