package org.latentspace.training.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.latentspace.training.rhythm.KitMap;
import org.latentspace.training.storage.NoRoom;
import org.latentspace.training.storage.StoredFile;

/** The kits by their names: those that come with the product, and those of this installation. */
public final class Kits {
  /** Counts imports and reads what comes from anywhere. */
  public static final String GENERAL_MIDI = "general-midi";

  /** The kit of the six robots, which is meant where a caller names none. */
  public static final String SIX_ROBOTS = "six-robots";

  /** Those that come with the product. */
  public static final List<String> BUILT_IN = List.of(GENERAL_MIDI, "roland-td", SIX_ROBOTS);

  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");
  private static final int LONGEST_TEXT = 65_536;
  private static final int MOST = 1000;

  private static final long LARGEST_FILE = 1 << 18;
  private static final int MOST_FILES = 10_000;

  private final Path folder;

  /** Those of this installation are files NAME.kit in a folder; they can be edited at any time. */
  public Kits(Path folder) {
    this.folder = folder;
  }

  /** A kit as its text stands. */
  public record Named(String name, String text, boolean builtIn) {}

  /** General MIDI's voices, with the keys that only other kits of the product have. */
  static KitMap everyKey() {
    return KitMap.parse(builtIn(GENERAL_MIDI)).and(KitMap.parse(builtIn("roland-td")));
  }

  /**
   * Throws NoSuchElementException where there is none, IllegalArgumentException where its text is
   * broken.
   */
  public KitMap named(String name) {
    Named found = get(name);
    try {
      return KitMap.parse(found.text());
    } catch (IllegalArgumentException broken) {
      throw new IllegalArgumentException("kit " + name + ": " + broken.getMessage(), broken);
    }
  }

  /** Throws NoSuchElementException, which says what there is. */
  public Named get(String name) {
    List<Named> all = all();
    return all.stream()
        .filter(kit -> kit.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new NoSuchElementException(
                    "no kit '"
                        + Text.printable(name, 64)
                        + "'; there are "
                        + String.join(", ", all.stream().map(Named::name).toList())));
  }

  /** The product's own first, then by name. */
  public List<Named> all() {
    Map<String, Named> kits = new TreeMap<>();
    own().forEach((name, text) -> kits.put("1" + name, new Named(name, text, false)));
    BUILT_IN.forEach(name -> kits.put("0" + name, new Named(name, builtIn(name), true)));
    return List.copyOf(kits.values());
  }

  /** Makes or replaces a kit. Throws IllegalArgumentException that says what is wrong with it. */
  public Named put(String name, String text) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a kit's name has 1 to 64 of a-z 0-9 -, not '" + Text.printable(name, 64) + "'");
    }
    if (BUILT_IN.contains(name)) {
      throw new IllegalStateException("kit " + name + " comes with the product; take another name");
    }
    if (text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException(
          "a kit's text has at most " + LONGEST_TEXT + " characters");
    }
    KitMap.parse(text);
    Map<String, String> own = own();
    if (!own.containsKey(name) && own.size() >= MOST) {
      throw new NoRoom("there are " + MOST + " kits already; delete one first");
    }
    StoredFile.write(file(name), text.getBytes(StandardCharsets.UTF_8));
    return new Named(name, text, false);
  }

  /**
   * Throws NoSuchElementException where there is none, IllegalStateException for one of the
   * product's own.
   */
  public void delete(String name) {
    if (get(name).builtIn()) {
      throw new IllegalStateException("kit " + name + " comes with the product and stays");
    }
    StoredFile.delete(file(name));
  }

  private Path file(String name) {
    return folder.resolve(name + ".kit");
  }

  /** Name → text. */
  private Map<String, String> own() {
    Map<String, String> own = new TreeMap<>();
    try {
      for (Path file : StoredFile.list(folder)) {
        String name = file.getFileName().toString().replaceFirst("\\.kit$", "");
        boolean kit = file.equals(file(name)) && NAME.matcher(name).matches();
        if (kit
            && !BUILT_IN.contains(name)
            && own.size() < MOST_FILES
            && Files.isRegularFile(file)
            && Files.size(file) <= LARGEST_FILE) {
          // Bytes that are no UTF-8 become signs that the kit's parser names.
          own.put(name, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        }
      }
      return own;
    } catch (IOException broken) {
      throw new UncheckedIOException("cannot read the kits: " + broken, broken);
    }
  }

  /** The text of one that comes with the product. */
  public static String builtIn(String name) {
    return new String(BuiltIn.resource("kits/" + name + ".kit"), StandardCharsets.UTF_8);
  }
}
