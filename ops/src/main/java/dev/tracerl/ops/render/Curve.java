package dev.tracerl.ops.render;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * The learning curve as a picture: values from 0 to 1 over training steps, the warm-up left of a vertical line.
 *
 * @param warmUpSteps steps left of the line
 * @param steps all steps
 * @param series what is drawn
 */
public record Curve(double warmUpSteps, double steps, List<Series> series) {

    private static final int WIDTH = 960;
    private static final int HEIGHT = 480;
    private static final int LEFT = 60;
    private static final int TOP = 40;
    private static final int BOTTOM = 50;
    private static final int LABEL = 160;
    private static final Color GRID = new Color(0xdddddd);

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

    /** Writes the picture. */
    public void write(Path file) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        drawGrid(graphics);
        series.forEach(one -> draw(graphics, one));
        drawTexts(graphics);
        graphics.dispose();
        try {
            ImageIO.write(image, "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void drawGrid(Graphics2D graphics) {
        graphics.setColor(GRID);
        for (int tenth = 0; tenth <= 10; tenth += 2) {
            graphics.drawLine(LEFT, y(tenth / 10.0), WIDTH - LEFT / 2, y(tenth / 10.0));
        }
        graphics.setColor(Color.GRAY);
        graphics.drawLine(x(warmUpSteps), y(0), x(warmUpSteps), y(1));
        graphics.drawLine(LEFT, y(0), WIDTH - LEFT / 2, y(0));
    }

    private void draw(Graphics2D graphics, Series one) {
        graphics.setColor(one.color());
        graphics.setStroke(new BasicStroke(2));
        for (int i = 1; i < one.points().size(); i++) {
            Point from = one.points().get(i - 1);
            Point to = one.points().get(i);
            graphics.drawLine(x(from.step()), y(from.value()), x(to.step()), y(to.value()));
        }
        one.points().forEach(point -> graphics.fillOval(x(point.step()) - 2, y(point.value()) - 2, 5, 5));
    }

    private void drawTexts(Graphics2D graphics) {
        Labels labels = new Labels(graphics);
        for (int tenth = 0; tenth <= 10; tenth += 2) {
            labels.draw(String.format(Locale.ROOT, "%.1f", tenth / 10.0), 20, y(tenth / 10.0) + 5, Color.DARK_GRAY);
        }
        labels.draw("warm-up, %d steps".formatted(Math.round(warmUpSteps)), LEFT, HEIGHT - 15, Color.DARK_GRAY);
        int right = Math.min(x(warmUpSteps) + 4, WIDTH - LABEL);
        labels.draw(
                "TraceRL, %d steps".formatted(Math.round(steps - warmUpSteps)), right, HEIGHT - 15, Color.DARK_GRAY);
        int at = LEFT;
        for (Series one : series) {
            labels.draw(one.name(), at, 25, one.color());
            at += 220;
        }
    }

    private int x(double step) {
        return LEFT + (int) Math.round((WIDTH - 1.5 * LEFT) * step / Math.max(1, steps));
    }

    private static int y(double value) {
        return TOP + (int) Math.round((HEIGHT - TOP - BOTTOM) * (1 - value));
    }
}
