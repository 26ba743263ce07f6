package dev.tracerl.reward.service;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Up while the service waits for a run or works on it. */
@Readiness
@Liveness
final class RewardHealth implements HealthCheck {

    private final RewardService service;

    RewardHealth(RewardService service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("reward-stream")
                .status(service.isWell())
                .withData("state", service.state())
                .build();
    }
}
