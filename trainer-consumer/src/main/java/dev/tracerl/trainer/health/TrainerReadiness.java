package dev.tracerl.trainer.health;

import dev.tracerl.trainer.TrainerService;
import dev.tracerl.trainer.run.Condition;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready unless it has stopped for good: a service whose run is over or failed waits for the next one. */
@Readiness
@Singleton
public final class TrainerReadiness implements HealthCheck {

    private final TrainerService service;

    TrainerReadiness(TrainerService service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        Condition.Snapshot now = service.condition().now();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("trainer").status(!now.broken()).withData("activity", now.activity());
        now.reason().ifPresent(reason -> response.withData("reason", reason));
        return response.build();
    }
}
