package org.latentspace.feature.dsp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealTransformTest {
  @ParameterizedTest
  @ValueSource(ints = {16, 32, 64, 1024, 2048})
  void equalsTheSumThatDefinesIt(int size) {
    RealTransform transform = new RealTransform(size);
    Random random = new Random(size);
    for (int round = 0; round < 2; round++) {
      double[] x = random.doubles(size, -1, 1).toArray();
      for (int i = 0; i < size / 2; i++) {
        transform.even()[i] = x[2 * i];
        transform.odd()[i] = x[2 * i + 1];
      }
      transform.transform();
      for (int k = 0; k <= size / 2; k++) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < size; i++) {
          double angle = -2 * Math.PI * ((long) i * k % size) / size;
          re += x[i] * Math.cos(angle);
          im += x[i] * Math.sin(angle);
        }
        assertEquals(re, transform.real()[k], 1e-11 * size, "real part of bin " + k);
        assertEquals(im, transform.imaginary()[k], 1e-11 * size, "imaginary part of bin " + k);
      }
    }
  }
}
