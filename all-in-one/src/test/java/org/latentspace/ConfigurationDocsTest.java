package org.latentspace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.common.utils.StringUtil;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * docs/reference/configuration.md has every key with its default, and no document has another key.
 */
class ConfigurationDocsTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| (?:`([^`]*)`|–) \\|");
  private static final String NOT_SET = "–";

  /** Files that are called like a key. */
  private static final Set<String> FILES = Set.of("installation.yaml", "installation.md");

  /** Key (a map's name is NAME) to default. */
  private static final Map<String, String> KEYS = new TreeMap<>();

  private static final List<String> PREFIXES = new ArrayList<>();
  private static final Set<String> MAPPINGS = new TreeSet<>();

  @BeforeAll
  static void readTheMappings() throws ClassNotFoundException {
    for (JavaClass found : new ClassFileImporter().importPackages("org.latentspace")) {
      if (found.isAnnotatedWith(ConfigMapping.class)) {
        Class<?> mapping = Class.forName(found.getName());
        MAPPINGS.add(found.getName());
        String prefix = mapping.getAnnotation(ConfigMapping.class).prefix();
        PREFIXES.add(prefix);
        collect(prefix, mapping);
      }
    }
    assertEquals(
        11,
        PREFIXES.size(),
        "six services, gRPC, HTTP, what is kept, the installation, warm-up: " + PREFIXES);
  }

  @Test
  void everyMappingIsListedWhereTheStartLooksForUnknownKeys() throws IOException {
    Set<String> listed = new TreeSet<>();
    for (URL list :
        Collections.list(
            getClass().getClassLoader().getResources("META-INF/service-settings.list"))) {
      try (InputStream in = list.openStream()) {
        new String(in.readAllBytes(), UTF_8).lines().forEach(listed::add);
      }
    }
    assertEquals(MAPPINGS, listed);
  }

  @Test
  void everyKeyOfEveryServiceStandsInTheTablesWithItsDefault() throws IOException {
    Map<String, String> rows = new TreeMap<>();
    List<String> twice = new ArrayList<>();
    ROW.matcher(Files.readString(ROOT.resolve("docs/reference/configuration.md")))
        .results()
        .filter(row -> PREFIXES.stream().anyMatch(prefix -> row.group(1).startsWith(prefix + ".")))
        .forEach(
            row -> {
              String value = row.group(2) == null ? NOT_SET : row.group(2);
              if (rows.put(row.group(1), value) != null) {
                twice.add(row.group(1));
              }
            });
    assertEquals(List.of(), twice);
    assertEquals(lines(KEYS), lines(rows));
  }

  @Test
  void everyKeyThatADocumentNamesExists() throws IOException {
    Pattern named =
        Pattern.compile(
            "(?<![\\w./-])(?:" + String.join("|", PREFIXES) + ")(?:\\.[A-Za-z0-9_-]+)+(?![\\w/])");
    Pattern known =
        Pattern.compile(
            KEYS.keySet().stream()
                .map(key -> key.replace(".", "\\.").replace("NAME", "[A-Za-z0-9_-]+"))
                .collect(Collectors.joining("|")));
    List<String> unknown = new ArrayList<>();
    int seen = 0;
    for (Path document : documents()) {
      List<MatchResult> found = named.matcher(Files.readString(document)).results().toList();
      seen += found.size();
      for (MatchResult key : found) {
        if (!known.matcher(key.group()).matches() && !FILES.contains(key.group())) {
          unknown.add(ROOT.relativize(document) + " names " + key.group());
        }
      }
    }
    assertTrue(seen >= KEYS.size(), "keys seen: " + seen);
    assertEquals(List.of(), unknown);
  }

  @Test
  void everyVariableOfTheContainersSetsAKey() throws IOException {
    Set<String> variables =
        KEYS.keySet().stream().map(ConfigurationDocsTest::variable).collect(Collectors.toSet());
    List<String> set =
        Pattern.compile("(?m)^ +((?:[A-Z]+_)(?:SERVICE|GATEWAY)_[A-Z_]+):")
            .matcher(Files.readString(ROOT.resolve("docker-compose.yml")))
            .results()
            .map(match -> match.group(1).replace("_PERFORMERS_PERFORMER_", "_PERFORMERS_NAME_"))
            .toList();
    assertFalse(set.isEmpty());
    assertEquals(List.of(), set.stream().filter(name -> !variables.contains(name)).toList());
  }

  private static String variable(String key) {
    return key.toUpperCase(java.util.Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  private static void collect(String prefix, Class<?> group) {
    for (Method property : group.getMethods()) {
      collect(
          prefix + "." + StringUtil.skewer(property.getName()),
          property.getGenericReturnType(),
          property.getAnnotation(WithDefault.class));
    }
  }

  private static void collect(String key, Type type, WithDefault standard) {
    if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
      collect(key + ".NAME", map.getActualTypeArguments()[1], standard);
    } else if (type instanceof Class<?> group && group.isInterface()) {
      collect(key, group);
    } else {
      KEYS.put(key, standard == null ? NOT_SET : standard.value());
    }
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> documents = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(Stream.of(ROOT.resolve("README.md")), documents)
          .filter(file -> file.toString().endsWith(".md"))
          .toList();
    }
  }

  private static String lines(Map<String, String> keys) {
    return keys.entrySet().stream()
        .map(key -> key.getKey() + " = " + key.getValue())
        .collect(Collectors.joining("\n"));
  }
}
