package dev.tracerl.ops.render;

import java.awt.Color;
import java.awt.Graphics2D;

/** Draws texts where the machine has fonts; where it has none, Java cannot draw any, and the picture goes without. */
final class Labels {

    private final Graphics2D graphics;
    private boolean usable = true;

    Labels(Graphics2D graphics) {
        this.graphics = graphics;
    }

    void draw(String text, int x, int y, Color color) {
        if (!usable) {
            return;
        }
        try {
            graphics.setColor(color);
            graphics.drawString(text, x, y);
        } catch (RuntimeException | LinkageError | InternalError e) {
            usable = false;
        }
    }
}
