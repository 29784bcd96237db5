package org.latentspace.feature.dsp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CosineTransformTest {
  @ParameterizedTest
  @ValueSource(ints = {16, 64, 1024})
  void equalsTheSumThatDefinesIt(int size) {
    CosineTransform transform = new CosineTransform(size);
    double[] x = new Random(size).doubles(size + 1, 0, 1).toArray();
    for (int round = 0; round < 2; round++) {
      double[] result = transform.transform(x);
      for (int k = 0; k <= size; k++) {
        double sum = 0;
        for (int j = 0; j < 2 * size; j++) {
          double angle = Math.PI * ((long) j * k % (2 * size)) / size;
          sum += x[j <= size ? j : 2 * size - j] * Math.cos(angle);
        }
        assertEquals(sum, result[k], 1e-10 * size, "entry " + k);
      }
    }
  }
}
