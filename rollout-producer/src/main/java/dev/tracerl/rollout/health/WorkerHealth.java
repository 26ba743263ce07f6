package dev.tracerl.rollout.health;

import dev.tracerl.rollout.RolloutService;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Up while the service waits for a run, refused one, or is at work; down when a thread of it has died. */
@Liveness
@Readiness
@ApplicationScoped
public class WorkerHealth implements HealthCheck {

    private final RolloutService service;

    WorkerHealth(RolloutService service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        RolloutService.State state = service.state();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("worker")
                .status(state != RolloutService.State.FAILED)
                .withData("state", state.name());
        service.reason().ifPresent(reason -> response.withData("reason", reason));
        return response.build();
    }
}
