package org.latentspace.performer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private static final long SECOND = 1_000_000_000L;

  private final List<String> left = new ArrayList<>();

  @Test
  void tenSecondsWithoutAMessageFreeThePlaceAndNotASecondLess() {
    Places<String> places = new Places<>(32, state -> false, left::add);
    for (int i = 0; i < 32; i++) {
      assertNotNull(places.heard("crashed" + i, i, name -> name));
    }
    assertNull(places.heard("ann", 10 * SECOND - 1, name -> name));
    assertEquals("ann", places.heard("ann", 10 * SECOND, name -> name));
    assertEquals(List.of("crashed0"), left);
    assertEquals(32, places.all().size());
    assertNull(places.find("crashed0"));
    assertNull(places.heard("crashed0", 10 * SECOND, name -> name));
    assertNull(places.heardAgain("crashed0", 20 * SECOND), "who has no place gets none");
  }

  @Test
  void whoSendsKeepsThePlace() {
    Places<String> places = new Places<>(2);
    for (int second = 0; second < 60; second += 5) {
      assertNotNull(places.heard("ann", second * SECOND, name -> name));
      assertNotNull(places.heard("ben", second * SECOND, name -> name));
      assertNull(places.heard("cleo", second * SECOND, name -> name));
    }
  }

  @Test
  void whoGivesWayMakesRoomBeforeTheTime() {
    Places<String> places = new Places<>(3, state -> state.startsWith("soft"), left::add);
    places.heard("soft2", 1, name -> name);
    places.heard("loud", 0, name -> name);
    places.heard("soft1", 2, name -> name);
    assertNotNull(places.heard("new", 3, name -> name));
    assertEquals(List.of("soft2"), left);
  }

  @Test
  void whoFindsNoRoomIsSaidForTenSecondsAndThenNoMore() {
    Places<String> places = new Places<>(1);
    places.heard("ann", 0, name -> name);
    assertEquals("ok", places.status("x.max-performers", 0));
    places.heard("ben", SECOND, name -> name);
    assertEquals(
        "no room for performer ben: all 1 places are taken (x.max-performers)",
        places.status("x.max-performers", 11 * SECOND - 1));
    assertEquals("ok", places.status("x.max-performers", 11 * SECOND));
  }

  @Test
  void countsWhoWasHeardInTheLastTenSeconds() {
    Places<String> places = new Places<>(8);
    places.heard("ann", 0, name -> name);
    places.heard("ben", 5 * SECOND, name -> name);
    assertEquals(2, places.taken(6 * SECOND));
    assertEquals(1, places.taken(10 * SECOND));
    places.free("ben");
    assertEquals(0, places.taken(10 * SECOND));
    assertSame(places.find("ann"), places.all().get(0));
  }
}
