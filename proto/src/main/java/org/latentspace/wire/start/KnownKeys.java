package org.latentspace.wire.start;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappingInterface.Property;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.PropertyName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The keys that can be set, as the mappings in this process declare them; {@code *} stands for a
 * name of the user's own.
 */
final class KnownKeys {
  /** Each service lists its mappings there, one class a line. */
  static final String OWN = "META-INF/service-settings.list";

  private static final String OF_QUARKUS = "META-INF/quarkus-config-roots.list";
  private static final int FEWEST_TYPOS = 2;

  private final Map<String, Property> keys = new TreeMap<>();
  private final Set<ConfigClass> mappings = new HashSet<>();
  private final Set<String> prefixes = new TreeSet<>();
  // Prefixes below which everything is known, because their mapping cannot be read here.
  private final Set<String> open = new TreeSet<>();

  /** None yet. */
  KnownKeys() {}

  KnownKeys add(ConfigClass mapping) {
    keys.putAll(ConfigMappings.getProperties(mapping));
    mappings.add(mapping);
    prefixes.add(mapping.getPrefix());
    return this;
  }

  /** Those of the services in this process. */
  static KnownKeys ofServices() throws IOException {
    KnownKeys known = new KnownKeys();
    for (Class<?> mapping : listed(OWN)) {
      known.add(ConfigClass.configClass(mapping));
    }
    return known;
  }

  /** Those of Quarkus, as far as it can be set at the start. */
  static KnownKeys ofQuarkus() throws IOException {
    KnownKeys known = new KnownKeys();
    for (Class<?> root : listed(OF_QUARKUS)) {
      ConfigMapping mapping = root.getAnnotation(ConfigMapping.class);
      try {
        if (mapping != null) {
          known.add(ConfigClass.configClass(root));
        }
      } catch (IllegalStateException | LinkageError notInThisApplication) {
        known.open.add(mapping.prefix());
      }
    }
    return known;
  }

  private static List<Class<?>> listed(String resource) throws IOException {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    List<Class<?>> classes = new ArrayList<>();
    for (URL list : Collections.list(loader.getResources(resource))) {
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(list.openStream(), StandardCharsets.UTF_8))) {
        for (String name : lines.lines().filter(line -> !line.isBlank()).toList()) {
          classes.add(Class.forName(name.strip(), false, loader));
        }
      } catch (ClassNotFoundException e) {
        throw new IOException(list + " names a class that is not there: " + e.getMessage(), e);
      }
    }
    return classes;
  }

  Set<ConfigClass> mappings() {
    return mappings;
  }

  Set<String> prefixes() {
    return prefixes;
  }

  Set<String> keys() {
    return keys.keySet();
  }

  /** Whether the key lies below a prefix of these mappings. */
  boolean covers(String key) {
    return prefixes.stream().anyMatch(prefix -> key.startsWith(prefix + "."));
  }

  boolean knows(String key) {
    return property(key) != null || open.stream().anyMatch(prefix -> key.startsWith(prefix + "."));
  }

  /** Whether a value of the key is true or false. */
  boolean isSwitch(String key) {
    Property property = property(key);
    if (property != null && property.isOptional()) {
      property = property.asOptional().getNestedProperty();
    }
    return property != null
        && (property.isPrimitive()
            ? property.asPrimitive().getPrimitiveType() == boolean.class
            : property.isLeaf() && property.asLeaf().getValueRawType() == Boolean.class);
  }

  private Property property(String key) {
    Property exact = keys.get(key);
    if (exact != null) {
      return exact;
    }
    PropertyName wanted = new PropertyName(key);
    for (Map.Entry<String, Property> known : keys.entrySet()) {
      String name = known.getKey();
      // A map of plain values takes whatever follows, with its dots.
      boolean rest =
          known.getValue().isMap()
              && name.endsWith(".*")
              && key.length() > name.length() - 1
              && key.startsWith(name.substring(0, name.length() - 1));
      if (rest || (name.indexOf('*') >= 0 && new PropertyName(name).equals(wanted))) {
        return known.getValue();
      }
    }
    return null;
  }

  /** Whether an environment variable sets a key. */
  boolean knowsVariable(String variable) {
    return keys.keySet().stream()
        .anyMatch(key -> Pattern.matches(variable(key).replace("*", ".+"), variable));
  }

  /** A key as an environment variable. */
  static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9*]", "_");
  }

  /** The key that is most like a wrong one; empty where none is. */
  String nearest(String wrong) {
    String best = "";
    int fewest = Math.max(FEWEST_TYPOS, plain(wrong).length() / 4) + 1;
    for (String key : keys.keySet()) {
      String[] parts = key.split("\\.");
      String[] given = wrong.split("\\.");
      for (int i = 0; i < parts.length && parts.length == given.length; i++) {
        parts[i] = parts[i].equals("*") ? given[i] : parts[i];
      }
      String named = String.join(".", parts);
      int typos =
          Math.min(
              typos(plain(wrong), plain(named)),
              1 + typos(plain(wrong), plain(parts[parts.length - 1])));
      if (typos < fewest) {
        fewest = typos;
        best = named.replace("*", "NAME");
      }
    }
    return best;
  }

  /** How many letters make one word of another: Levenshtein's distance. */
  private static int typos(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int above = row[j];
        int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(changed, 1 + Math.min(above, row[j - 1]));
        diagonal = above;
      }
    }
    return row[other.length()];
  }

  private static String plain(String key) {
    return key.toLowerCase(Locale.ROOT).replaceAll("-(service|gateway)|[-_]", "");
  }
}
