package dev.tracerl.ops.render;

import java.awt.Color;
import java.nio.file.Path;
import java.util.List;

/**
 * The learning curve as a picture: values from 0 to 1 over training steps, the warm-up left of a vertical line.
 *
 * @param warmUpSteps steps left of the line
 * @param steps all steps
 * @param series what is drawn
 */
public record Curve(double warmUpSteps, double steps, List<Series> series) {

    /**
     * One curve.
     *
     * @param name its name in the legend
     * @param color its color
     * @param points its points by step
     */
    public record Series(String name, Color color, List<Point> points) {

        public Series {
            points = List.copyOf(points);
        }
    }

    /** A value at a step. */
    public record Point(double step, double value) {}

    public Curve {
        series = List.copyOf(series);
    }

    /** Writes the picture as PNG. */
    public void write(Path file) {
        Plot plot = new Plot(steps);
        plot.vertical(warmUpSteps);
        plot.labelAxis("warm-up, %d steps".formatted(Math.round(warmUpSteps)), 0, 960);
        plot.labelAxis("TraceRL, %d steps".formatted(Math.round(steps - warmUpSteps)), warmUpSteps, 160);
        int at = Plot.LEFT;
        for (Series one : series) {
            plot.line(
                    one.points().stream().mapToDouble(Point::step).toArray(),
                    one.points().stream().mapToDouble(Point::value).toArray(),
                    one.color());
            plot.label(one.name(), at, 25, one.color());
            at += 220;
        }
        plot.write(file);
    }
}
