package dev.tracerl.ops.render;

import java.awt.Color;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Several curves with the range over seeds as a band around each.
 *
 * @param title below the axis
 * @param steps training steps
 * @param series what is drawn, at most ten
 */
public record SpreadChart(String title, double steps, List<Series> series) {

    private static final int[] COLORS = {
        0x1f77b4, 0xff7f0e, 0x2ca02c, 0xd62728, 0x9467bd, 0x8c564b, 0xe377c2, 0x7f7f7f, 0xbcbd22, 0x17becf
    };

    /**
     * One curve.
     *
     * @param name its name in the legend
     * @param points its points by step
     */
    public record Series(String name, List<Point> points) {

        public Series {
            points = List.copyOf(points);
        }
    }

    /** Mean, lowest and highest value at a step. */
    public record Point(double step, double mean, double low, double high) {}

    public SpreadChart {
        series = List.copyOf(series);
    }

    /** Writes the picture as PNG. */
    public void write(Path file) {
        Plot plot = new Plot(steps);
        plot.labelAxis(title + ": held-out accuracy over training steps, mean and range over seeds", 0, 960);
        for (int i = 0; i < series.size(); i++) {
            draw(plot, series.get(i), new Color(COLORS[i % COLORS.length]), i);
        }
        plot.write(file);
    }

    private static void draw(Plot plot, Series one, Color color, int index) {
        double[] at = values(one, Point::step);
        plot.band(at, values(one, Point::low), values(one, Point::high), color);
        plot.line(at, values(one, Point::mean), color);
        plot.label(one.name(), Plot.LEFT + 180 * (index % 5), 15 + 15 * (index / 5), color);
    }

    private static double[] values(Series one, ToDoubleFunction<Point> value) {
        return one.points().stream().mapToDouble(value).toArray();
    }
}
