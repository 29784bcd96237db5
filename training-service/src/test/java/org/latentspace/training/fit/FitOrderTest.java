package org.latentspace.training.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class FitOrderTest {

  @Test
  void everyBitArrivesInTheWorker() throws Exception {
    FitOrder order = Lessons.random(60, 7);
    order.inputs()[3][4] = Float.MIN_VALUE;
    String line = order.json().toString();
    FitOrder read = FitOrder.read(new ObjectMapper().readTree(line));
    assertEquals(1, line.lines().count());
    assertArrayEquals(order.inputs(), read.inputs());
    assertArrayEquals(order.targets(), read.targets());
    assertEquals(order.pairs(), read.pairs());
    assertEquals(order.hidden(), read.hidden());
    assertEquals(order.seed(), read.seed());
    assertEquals(order.learningRate(), read.learningRate());
  }
}
