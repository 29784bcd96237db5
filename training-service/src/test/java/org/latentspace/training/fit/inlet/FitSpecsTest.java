package org.latentspace.training.fit.inlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentspace.proto.FitRequest;
import org.latentspace.training.fit.Fit;

class FitSpecsTest {
  private static final String SMALL =
      "{\"layers\":[{\"activation\":1,\"biases\":[0.5,-1],\"cols\":2,\"rows\":1,"
          + "\"weights\":[[1,2]]}]}";

  @Test
  void takesTheNetworkToGoOnFrom() {
    assertEquals(2, read(SMALL).from().outputs());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "rows":1       | "rows":"1"     | layers[0].rows is "1", must be 1..1024
          "cols":2       | "cols":3       | layers[0].biases has 2 numbers, must be cols = 3
          "activation":1 | "a":1          | layers[0].activation is missing, must be 0..3
          [[1,2]]        | [[1,2],[3,4]]  | layers[0].weights has 2 rows, must be rows = 1
          """)
  void refusesByNameWhatThePlayerOfAMappingRefuses(String right, String wrong, String line) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> read(SMALL.replace(right.strip(), wrong.strip())))
            .getMessage();
    assertEquals("from_flucoma_json " + line.strip(), message);
  }

  private static Fit.Spec read(String flucomaJson) {
    FitRequest request =
        FitRequest.newBuilder().setPerformer("anna").setFromFlucomaJson(flucomaJson).build();
    return FitSpecs.read(request);
  }
}
