package org.latentspace.performer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "Z", "left-hand_2", "0", "-", "_"})
  void lettersDigitsHyphenAndUnderscoreMakeAName(String name) {
    assertTrue(Name.isValid(name));
    assertEquals(name, Name.require("performer", name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a/b", "..", "a\n", "@", "[", "`", "{", "/", ":"})
  void anythingElseDoesNot(String name) {
    assertFalse(Name.isValid(name));
    String message =
        assertThrows(IllegalArgumentException.class, () -> Name.require("performer", name))
            .getMessage();
    assertEquals("performer must be 1..64 characters of [A-Za-z0-9_-]", message);
  }

  @Test
  void aNameHasAtMost64Characters() {
    assertTrue(Name.isValid("x".repeat(64)));
    assertFalse(Name.isValid("x".repeat(65)));
  }
}
