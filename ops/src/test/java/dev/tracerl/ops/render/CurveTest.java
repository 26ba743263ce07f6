package dev.tracerl.ops.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurveTest {

    @TempDir
    private Path folder;

    @Test
    void everySeriesIsDrawnInItsColor() throws IOException {
        // Given
        Path file = folder.resolve("curve.png");
        Curve curve = new Curve(
                10,
                30,
                List.of(
                        new Curve.Series("a", Color.BLUE, List.of(new Curve.Point(0, 0), new Curve.Point(30, 1))),
                        new Curve.Series("b", Color.RED, List.of(new Curve.Point(15, 0.5)))));

        // When
        curve.write(file);

        // Then
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getWidth()).isEqualTo(960);
        assertThat(count(image, Color.BLUE)).isGreaterThan(500);
        assertThat(count(image, Color.RED)).isGreaterThan(5);
    }

    @Test
    void anEmptyRunStillGivesAPicture() {
        // Given
        Path file = folder.resolve("curve.png");

        // When
        new Curve(0, 0, List.of(new Curve.Series("a", Color.BLUE, List.of()))).write(file);

        // Then
        assertThat(file).isNotEmptyFile();
    }

    private static int count(BufferedImage image, Color color) {
        int count = 0;
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                count += image.getRGB(x, y) == color.getRGB() ? 1 : 0;
            }
        }
        return count;
    }
}
