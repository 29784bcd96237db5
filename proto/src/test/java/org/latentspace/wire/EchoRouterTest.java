package org.latentspace.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.latentspace.proto.Echo;
import org.latentspace.proto.Origin;
import org.latentspace.proto.StageStatus;
import org.latentspace.wire.EchoOutletTest.Response;

class EchoRouterTest {
  private final Response first = new Response();
  private final Response second = new Response();
  private final EchoOutlet one = new EchoOutlet(first);
  private final EchoOutlet two = new EchoOutlet(second);
  private final EchoRouter router = new EchoRouter();

  @Test
  void putsThisStageBeforeThoseOnTheRight() {
    router.describe(() -> StageStatus.newBuilder().setStage("here").build());
    router.route("ann", one);
    router.send(
        echo("ann").toBuilder().addStages(StageStatus.newBuilder().setStage("right")).build());
    assertEquals(2, first.sent.get(0).getStagesCount());
    assertEquals("here", first.sent.get(0).getStages(0).getStage());
  }

  @Test
  void anEchoTakesTheNewestRouteOfItsPerformerAlone() {
    router.route("ann", one);
    router.route("ann", two);
    router.send(echo("ann"));
    router.send(echo("ben"));
    assertEquals(0, first.sent.size());
    assertEquals(1, second.sent.size());
  }

  @Test
  void aClaimedPerformerIsFreeWhenItsStreamIsReleased() {
    assertTrue(router.claim("ann", one));
    assertTrue(router.claim("ann", one));
    assertFalse(router.claim("ann", two));
    router.release(one);
    router.send(echo("ann"));
    assertEquals(0, first.sent.size());
    assertTrue(router.claim("ann", two));
  }

  @Test
  void furtherPerformersGetNoRouteButKnownOnesAnother() {
    for (int i = 0; i < EchoRouter.MOST_ROUTES; i++) {
      router.route("p" + i, one);
    }
    router.route("late", one);
    router.send(echo("late"));
    assertEquals(0, first.sent.size());
    router.route("p0", two);
    router.send(echo("p0"));
    assertEquals(1, second.sent.size());
  }

  private static Echo echo(String performer) {
    return Echo.newBuilder()
        .setOrigin(Origin.newBuilder().setPerformer(performer).setLossless(true))
        .build();
  }
}
