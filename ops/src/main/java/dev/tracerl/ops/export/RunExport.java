package dev.tracerl.ops.export;

import dev.tracerl.schemas.AvroSerdes;
import dev.tracerl.schemas.RunTopics;
import dev.tracerl.schemas.avro.Evaluation;
import dev.tracerl.schemas.avro.RunSpec;
import dev.tracerl.schemas.avro.TrainStep;
import dev.tracerl.schemas.avro.Trajectory;
import dev.tracerl.schemas.client.Connection;
import java.util.List;

/**
 * Exports a run's log as it is now. Called again, also after it was killed, it goes on after the last file that is
 * whole, and never writes a row twice.
 */
public final class RunExport {

    private final Connection connection;
    private final AvroSerdes serdes;
    private final ExportListener listener;

    /** Exports from one broker. */
    public RunExport(Connection connection, AvroSerdes serdes, ExportListener listener) {
        this.connection = connection;
        this.serdes = serdes;
        this.listener = listener;
    }

    /**
     * Exports a run that exists.
     *
     * @throws ExportException if the folder holds something else
     */
    public ExportReport export(RunSpec run, ExportSettings settings) {
        try (ExportFolder folder = ExportFolder.open(settings.folder(), run.getRunId());
                ExportLog log = new ExportLog(connection, serdes)) {
            Manifest before = folder.load(run, settings.tables());
            Progress progress = new Progress(before);
            ExportJob job = new ExportJob(run, settings, folder, progress, new Commits(folder, progress));
            RunTopics topics = RunTopics.of(run.getRunId());
            trajectories(job, log, topics);
            new RecordExport<>(job, RecordTables.TRAIN_STEPS, RunExport::id).export(log, topics.trainSteps());
            new RecordExport<>(job, RecordTables.EVALUATIONS, Evaluation::getEvaluationId)
                    .export(log, topics.evaluations());
            return ExportReport.of(settings, before, progress);
        }
    }

    private static List<Long> id(TrainStep step) {
        return List.of(step.getStep(), (long) step.getRank());
    }

    private void trajectories(ExportJob job, ExportLog log, RunTopics topics) {
        if (!job.settings().tables().contains(ExportTable.TRAJECTORIES)
                && !job.settings().tables().contains(ExportTable.TOKENS)) {
            return;
        }
        List<Span> spans = log.news(topics.trajectories().name(), job.progress());
        boolean nothingToDo = Span.length(spans) == 0 && job.progress().waiting() == 0;
        try (Decisions decisions =
                        new Decisions(SampleNumbers.of(job.run()), job.folder().work());
                TrajectoryExport export = new TrajectoryExport(job, decisions)) {
            if (!nothingToDo) {
                new DecisionReader(log, listener).read(topics, decisions);
            }
            ExportLog.Decoder<Trajectory> decoder = log.decoder(topics.trajectories());
            export.export(log, decoder, spans, new Meter(listener, "export", Span.length(spans)));
        }
    }
}
