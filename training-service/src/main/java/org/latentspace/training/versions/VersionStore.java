package org.latentspace.training.versions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import org.latentspace.training.data.Text;
import org.latentspace.training.model.RhythmModel;
import org.latentspace.training.storage.DamagedVersion;
import org.latentspace.training.storage.NameTaken;
import org.latentspace.training.storage.Sha256;
import org.latentspace.training.storage.StoredFile;

/**
 * Keeps the versions of all models on the disk, so that a file is whole or refused.
 *
 * <pre>
 *   FOLDER/MODEL/VERSION.safetensors   the model file
 *                VERSION.json          what it is; written last, and stays when it is deleted
 *                VERSION.examples      the loops it was trained on, where they are known
 *                last-number           the highest number that a name was given
 * </pre>
 */
public final class VersionStore {
  private static final int MOST_MODELS = 100;
  private static final int MOST_VERSIONS = 1000;
  // Numbers below stand for the versions that the product itself brings.
  private static final Map<String, Long> FIRST_NUMBERS = Map.of("six-robots", 101L);

  private final Path folder;
  // Both guarded by this: model -> name -> version; model/version -> what is wrong with it.
  private final Map<String, Map<String, Version>> models = new TreeMap<>();
  private final Map<String, String> damaged = new TreeMap<>();

  public VersionStore(Path folder) {
    this.folder = folder;
  }

  /** Reads what is there; what cannot be read is known as damaged, and its name stays taken. */
  synchronized void open() {
    for (Path each : StoredFile.list(folder)) {
      String model = each.getFileName().toString();
      if (Files.isDirectory(each) && ModelNames.isModel(model)) {
        Map<String, Version> versions = new TreeMap<>();
        models.put(model, versions);
        StoredFile.list(each).stream()
            .filter(file -> file.toString().endsWith(".json"))
            .filter(file -> !file.endsWith(Versions.ACTIVE_FILE))
            .forEach(file -> read(model, file, versions));
      }
    }
  }

  private void read(String model, Path file, Map<String, Version> versions) {
    String name = file.getFileName().toString().replaceAll("\\.json$", "");
    try {
      Version version = StoredFile.readJson(file, Version.class);
      if (!version.model().equals(model) || !version.name().equals(name)) {
        throw new IOException("it describes " + version.key());
      }
      versions.put(name, version);
      Path weights = file(version);
      if (!version.deleted()
          && (!Files.isRegularFile(weights) || Files.size(weights) != version.bytes())) {
        damaged.put(version.key(), "its file is not there or has another size");
      }
    } catch (IOException | RuntimeException unreadable) {
      versions.put(name, new Version(model, name, "", 0, 0, "", "", "", Map.of(), false));
      damaged.put(model + "/" + name, "its description cannot be read");
    }
  }

  /** A numbered name that no version of this model had or will have, not after a crash either. */
  public synchronized String reserve(String model) {
    long last = Math.max(lastNumber(model), FIRST_NUMBERS.getOrDefault(model, 1L) - 1);
    for (String name : room(model).keySet()) {
      last = Math.max(last, number(model, name));
    }
    StoredFile.writeNumber(numberFile(model), last + 1);
    return model + "-" + (last + 1);
  }

  private long lastNumber(String model) {
    return StoredFile.readNumber(numberFile(model));
  }

  private Path numberFile(String model) {
    return folder.resolve(model).resolve("last-number");
  }

  /** The number in a version's name; -1 where it has none. */
  private static long number(String model, String name) {
    String digits = name.startsWith(model + "-") ? name.substring(model.length() + 1) : "";
    return digits.matches("[0-9]{1,15}") ? Long.parseLong(digits) : -1;
  }

  /** Throws NameTaken for a name that is, was or will be another version's. */
  public synchronized void checkFree(String model, String name) {
    // Any case: some disks make no difference between A and a.
    boolean there = room(model).keySet().stream().anyMatch(name::equalsIgnoreCase);
    long number = number(model, name);
    boolean promised =
        number >= FIRST_NUMBERS.getOrDefault(model, 1L) && number <= lastNumber(model);
    if (there || promised) {
      throw taken(model, name);
    }
  }

  private static NameTaken taken(String model, String name) {
    return new NameTaken(
        "version " + name + " of " + model + " is there, or was: names are never used twice");
  }

  private Map<String, Version> room(String model) {
    Map<String, Version> versions = models.getOrDefault(ModelNames.model(model), Map.of());
    if (!models.containsKey(model) && models.size() >= MOST_MODELS) {
      throw new IllegalStateException("there are " + MOST_MODELS + " models, which is the most");
    }
    if (versions.values().stream().filter(v -> !v.deleted()).count() >= MOST_VERSIONS) {
      throw new IllegalStateException(
          model + " has " + MOST_VERSIONS + " versions, which is the most: delete some");
    }
    return versions;
  }

  /**
   * Stores a model file; the same one of the same job again changes nothing. Throws NameTaken for a
   * name in use, IllegalArgumentException for bytes that are no sound model file of that name.
   */
  public synchronized Version put(String model, String name, byte[] file, Version.Origin origin) {
    ModelNames.version(name);
    String sha256 = Sha256.of(file);
    Version known = models.getOrDefault(ModelNames.model(model), Map.of()).get(name);
    if (known != null) {
      boolean same = known.sha256().equals(sha256) && known.job().equals(origin.job());
      if (same && !known.deleted()) {
        return known;
      }
      throw taken(model, name);
    }
    RhythmModel read = ModelCheck.read(name, file);
    if (!read.version().equals(name)) {
      throw new IllegalArgumentException(
          "version is '"
              + name
              + "', but the file itself says '"
              + Text.printable(read.version(), 64)
              + "': bring it in under that name");
    }
    Map<String, String> provenance = new TreeMap<>(read.provenance());
    String card = provenance.remove("score_card");
    if (origin.wallSeconds() > 0) {
      provenance.put("wall_seconds", String.format(Locale.ROOT, "%.1f", origin.wallSeconds()));
    }
    Version version =
        new Version(
            model,
            name,
            sha256,
            file.length,
            origin.createdMillis(),
            origin.job(),
            origin.continuedFrom(),
            card == null ? "" : card,
            provenance,
            false);
    StoredFile.write(file(version), file);
    keep(version);
    return version;
  }

  private void keep(Version version) {
    StoredFile.writeJson(sibling(version, ".json"), version);
    models.computeIfAbsent(version.model(), none -> new TreeMap<>()).put(version.name(), version);
  }

  /** Newest first; empty for a model that is not known. */
  public synchronized List<Version> list(String model) {
    return models.getOrDefault(model, Map.of()).values().stream()
        .filter(version -> !version.deleted())
        .sorted(
            Comparator.comparingLong(Version::createdMillis)
                .reversed()
                .thenComparing(Version::name, Comparator.reverseOrder()))
        .toList();
  }

  /** Throws IllegalArgumentException for no name where there is not exactly one model. */
  public String theOne(String model) {
    if (!model.isEmpty()) {
      return ModelNames.model(model);
    }
    List<String> all = models();
    if (all.size() != 1) {
      throw new IllegalArgumentException("model is empty, must be one of " + all);
    }
    return all.get(0);
  }

  /** Every model that has a version. */
  public synchronized List<String> models() {
    return models.keySet().stream().filter(model -> !list(model).isEmpty()).toList();
  }

  public synchronized Optional<Version> find(String model, String name) {
    return Optional.ofNullable(models.getOrDefault(model, Map.of()).get(name))
        .filter(version -> !version.deleted());
  }

  /** Throws NoSuchElementException, saying what there is, for a version that is not known. */
  public Version get(String model, String name) {
    return find(ModelNames.model(model), ModelNames.version(name))
        .orElseThrow(
            () ->
                new NoSuchElementException(
                    "no version " + name + " of " + model + "; there is: " + shortly(model)));
  }

  private String shortly(String model) {
    List<String> all = new ArrayList<>();
    (list(model).isEmpty() ? models() : List.of(model))
        .forEach(each -> list(each).forEach(version -> all.add(version.key())));
    return all.isEmpty()
        ? "none"
        : String.join(", ", all.subList(0, Math.min(20, all.size())))
            + (all.size() > 20 ? " and " + (all.size() - 20) + " more" : "");
  }

  /** The file, after a look whether it is what was stored. Throws DamagedVersion. */
  public Path verified(Version version) {
    Path file = file(version);
    String fault;
    try {
      fault = Sha256.of(file).equals(version.sha256()) ? null : "its sha256 is another";
    } catch (IOException broken) {
      fault = "its file cannot be read";
    }
    return sound(version, file, fault);
  }

  /** The model, after the same look. */
  public RhythmModel model(Version version) {
    try {
      byte[] bytes = Files.readAllBytes(file(version));
      sound(version, null, Sha256.of(bytes).equals(version.sha256()) ? null : "its sha256 differs");
      return ModelCheck.read(version.key(), bytes);
    } catch (IOException broken) {
      throw new DamagedVersion(version.key() + " is damaged: its file cannot be read");
    }
  }

  private synchronized Path sound(Version version, Path file, String fault) {
    if (fault == null) {
      damaged.remove(version.key());
      return file;
    }
    damaged.put(version.key(), fault);
    throw new DamagedVersion(
        version.key() + " is damaged: " + fault + "; delete it, or put its file back");
  }

  /** model/version of what is damaged, with what is wrong. */
  public synchronized Map<String, String> damaged() {
    return Map.copyOf(damaged);
  }

  /** Takes a version away; its name stays taken. */
  public synchronized Version delete(Version version) {
    keep(version.withoutAll());
    damaged.remove(version.key());
    StoredFile.delete(file(version));
    StoredFile.delete(loops(version));
    return version;
  }

  /** Where the loops that a version was trained on are kept; there may be none. */
  public Path loops(Version version) {
    return sibling(version, ".examples");
  }

  private Path file(Version version) {
    return sibling(version, ".safetensors");
  }

  private Path sibling(Version version, String ending) {
    return folder.resolve(version.model()).resolve(version.name() + ending);
  }
}
