package org.latentspace.training.versions;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latentspace.training.storage.StoredFile;

/** Counts the versions of a model, so that no number is given twice, not after a crash either. */
final class VersionNumbers {
  // Numbers below stand for the versions that the product itself brings.
  private static final Map<String, Long> FIRST = Map.of("six-robots", 101L);

  private final String model;
  private final Path file;
  private final Pattern numbered;

  VersionNumbers(Path folder, String model) {
    this.model = model;
    file = folder.resolve(model).resolve("last-number");
    numbered = Pattern.compile(Pattern.quote(model) + "-(\\d{1,15})");
  }

  /** The next name, which is above all that were given and all that are there. */
  String next(Collection<String> names) {
    long last = Math.max(given(), first() - 1);
    for (String name : names) {
      last = Math.max(last, number(name));
    }
    StoredFile.writeNumber(file, last + 1);
    return model + "-" + (last + 1);
  }

  /** Whether the name was given out and may not be used yet. */
  boolean promised(String name) {
    long number = number(name);
    return number >= first() && number <= given();
  }

  private long number(String name) {
    Matcher matcher = numbered.matcher(name);
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
  }

  private long first() {
    return FIRST.getOrDefault(model, 1L);
  }

  private long given() {
    return StoredFile.readNumber(file);
  }
}
