package org.latentspace.explorer.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latentspace.explorer.Frames;
import org.latentspace.explorer.outlet.Mappings;
import org.latentspace.explorer.place.MappingFaults;
import org.latentspace.explorer.place.PerformerSettings.Defaults;
import org.latentspace.explorer.place.Performers;
import org.latentspace.explorer.place.Place.Mode;
import org.latentspace.explorer.place.Setting.Sending;
import org.latentspace.explorer.teaching.HeldPairs;
import org.latentspace.model.ModelFault;
import org.latentspace.proto.FeatureFrame;
import org.latentspace.proto.Origin;
import org.latentspace.proto.RefusedSense;

class ExplorerEchoesTest {

  @Test
  void whichSensesAreRefusedIsInTheEchoUntilTheyAreNoLonger() throws ModelFault {
    ExplorerEchoes echoes = new ExplorerEchoes();
    echoes.performers =
        new Performers(
            4,
            new Defaults(Mode.PREDICT, Sending.AUTO, 2, Mappings.load(Mappings.FIRST_STEPS, 10)));
    echoes.faults = new MappingFaults();
    echoes.held = new HeldPairs();
    var ann = echoes.performers.heard("ann", 0);
    ann.hear(Frames.frame("ann", 1, Frames.SLOW_LOW));
    List<RefusedSense> pose =
        List.of(RefusedSense.newBuilder().setName("pose").setReason("why").setCount(3).build());
    echoes.follow(frame(pose), null);
    assertEquals(pose, echoes.newest(ann).getExploring().getRefusedSensesList());
    echoes.follow(frame(List.of()), null);
    assertEquals(List.of(), echoes.newest(ann).getExploring().getRefusedSensesList());
  }

  private static FeatureFrame frame(List<RefusedSense> refused) {
    return FeatureFrame.newBuilder()
        .setOrigin(Origin.newBuilder().setPerformer("ann"))
        .addAllRefusedSenses(refused)
        .build();
  }
}
