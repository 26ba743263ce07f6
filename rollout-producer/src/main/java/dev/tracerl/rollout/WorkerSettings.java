package dev.tracerl.rollout;

import dev.tracerl.rollout.config.RolloutConfig;

/**
 * What a worker needs to know besides its run.
 *
 * @param name unique within the deployment and stable over restarts
 * @param device cpu, cuda or cuda:1
 * @param threads threads inside a tensor operation
 * @param activeSequences sequences that are sampled at one time
 * @param queuedGroups groups that wait in memory before no more requests are read
 * @param pinnedVersions versions that evaluations may hold in memory at one time
 * @param api what clients may ask for
 */
public record WorkerSettings(
        String name, String device, int threads, int activeSequences, int queuedGroups, int pinnedVersions, Api api) {

    /**
     * What clients may ask for.
     *
     * @param openPrompts prompts in progress at one time
     * @param activeSequences sequences that are sampled for them at one time
     * @param share most of the sampler's time while there are rollouts
     */
    public record Api(int openPrompts, int activeSequences, double share) {

        static Api of(RolloutConfig.Api config) {
            return new Api(config.openPrompts(), config.activeSequences(), config.share());
        }
    }

    static WorkerSettings of(RolloutConfig config) {
        RolloutConfig.Rollout sizes = config.rollout();
        return new WorkerSettings(
                config.worker(),
                config.device(),
                config.threads(),
                sizes.activeSequences(),
                sizes.queuedGroups(),
                sizes.pinnedVersions(),
                Api.of(config.api()));
    }
}
