package dev.tracerl.ops.render;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;

/** A picture with steps to the right and values from 0 to 1 upwards. */
final class Plot {

    static final int LEFT = 60;

    private static final int WIDTH = 960;
    private static final int HEIGHT = 480;
    private static final int TOP = 40;
    private static final int BOTTOM = 50;
    private static final Color GRID = new Color(0xdddddd);

    private final BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    private final Graphics2D graphics = image.createGraphics();
    private final Labels labels = new Labels(graphics);
    private final double steps;

    /** An empty plot with a grid. */
    Plot(double steps) {
        this.steps = steps;
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        for (int tenth = 0; tenth <= 10; tenth += 2) {
            graphics.setColor(tenth == 0 ? Color.GRAY : GRID);
            graphics.drawLine(LEFT, y(tenth / 10.0), WIDTH - LEFT / 2, y(tenth / 10.0));
            label(String.format(Locale.ROOT, "%.1f", tenth / 10.0), 20, y(tenth / 10.0) + 5, Color.DARK_GRAY);
        }
    }

    void label(String text, int x, int y, Color color) {
        labels.draw(text, x, y, color);
    }

    /** A text below the axis that begins at a step, as far as it fits. */
    void labelAxis(String text, double step, int width) {
        label(text, Math.min(x(step), WIDTH - width), HEIGHT - 15, Color.DARK_GRAY);
    }

    void vertical(double step) {
        graphics.setColor(Color.GRAY);
        graphics.drawLine(x(step), y(0), x(step), y(1));
    }

    void line(double[] at, double[] values, Color color) {
        graphics.setColor(color);
        graphics.setStroke(new BasicStroke(2));
        for (int i = 0; i < at.length; i++) {
            if (i > 0) {
                graphics.drawLine(x(at[i - 1]), y(values[i - 1]), x(at[i]), y(values[i]));
            }
            graphics.fillOval(x(at[i]) - 2, y(values[i]) - 2, 5, 5);
        }
    }

    void band(double[] at, double[] low, double[] high, Color color) {
        Polygon polygon = new Polygon();
        for (int i = 0; i < at.length; i++) {
            polygon.addPoint(x(at[i]), y(low[i]));
        }
        for (int i = at.length - 1; i >= 0; i--) {
            polygon.addPoint(x(at[i]), y(high[i]));
        }
        graphics.setColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), 40));
        graphics.fillPolygon(polygon);
    }

    /** Writes it as PNG; nothing can be drawn afterwards. */
    void write(Path file) {
        graphics.dispose();
        try {
            ImageIO.write(image, "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int x(double step) {
        return LEFT + (int) Math.round((WIDTH - 1.5 * LEFT) * step / Math.max(1, steps));
    }

    private static int y(double value) {
        return TOP + (int) Math.round((HEIGHT - TOP - BOTTOM) * (1 - value));
    }
}
