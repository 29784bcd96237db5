package org.latentspace.vae.versions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.latentspace.vae.versions.ModelSource.Unavailable;

/** Has the versions that a test gives it, and is away when the test says so. */
final class FakeSource implements ModelSource {
  final Map<String, byte[]> files = new HashMap<>();
  final List<String> asked = new ArrayList<>();
  boolean away;
  Runnable meanwhile = () -> {};

  @Override
  public byte[] fetch(ModelActivation wanted, BooleanSupplier givenUp) throws Unavailable {
    asked.add(wanted.name());
    meanwhile.run();
    if (givenUp.getAsBoolean()) {
      throw new Unavailable("given up");
    }
    if (away || !files.containsKey(wanted.name())) {
      throw new Unavailable("nobody is there");
    }
    return files.get(wanted.name());
  }
}
