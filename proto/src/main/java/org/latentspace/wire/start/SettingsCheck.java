package org.latentspace.wire.start;

import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.latentspace.wire.StartMistake;

/** Refuses a setting that no service has, or whose value is not of its type. */
final class SettingsCheck {
  private static final Pattern CONVERSION =
      Pattern.compile(
          "(?s).*The config property (\\S+) with the config value \"(.*)\" threw an Exception"
              + " whilst being converted (.*)");
  private static final Pattern EXPRESSION =
      Pattern.compile("(?s).*Could not expand value (.*) in property (\\S+)");
  private static final Pattern CODES = Pattern.compile("(?:\\S+Exception: )?(?:SRCFG\\d+: )?");

  /** What Kubernetes and Compose themselves set for a neighbour of a service's name. */
  private static final Pattern NEIGHBOUR = Pattern.compile("_(SERVICE_)?(HOST|PORT)(_[A-Z0-9_]+)?");

  private static final Set<String> SWITCH =
      Set.of("true", "false", "yes", "no", "y", "n", "on", "off", "1", "0");

  private final SmallRyeConfig config;
  private final KnownKeys own;

  SettingsCheck(SmallRyeConfig config, KnownKeys own) {
    this.config = config;
    this.own = own;
  }

  /** Keys below the services' prefixes, wherever they are set. */
  void refuseUnknown(Map<String, String> environment) {
    for (ConfigSource source : config.getConfigSources()) {
      if (!(source instanceof EnvConfigSource)) {
        source.getPropertyNames().forEach(key -> refuse(key, source.getValue(key)));
      }
    }
    new TreeMap<>(environment).forEach(this::refuseVariable);
  }

  private void refuse(String key, String value) {
    if (own.covers(key) && !own.knows(key)) {
      throw unknown(key, value, own.nearest(key));
    }
  }

  private void refuseVariable(String name, String value) {
    for (String prefix : own.prefixes()) {
      String begin = KnownKeys.variable(prefix);
      if (name.startsWith(begin + "_")
          && !own.knowsVariable(name)
          && !NEIGHBOUR.matcher(name.substring(begin.length())).matches()) {
        String key = prefix + "." + name.substring(begin.length() + 1).toLowerCase(Locale.ROOT);
        String nearest = own.nearest(key);
        throw unknown(name, value, nearest.isEmpty() ? "" : KnownKeys.variable(nearest));
      }
    }
  }

  /** Keys that were given by hand: each must be a service's or Quarkus'. */
  void refuseUnknown(List<String> given, KnownKeys quarkus) {
    for (String key : given) {
      if (!own.knows(key) && !quarkus.knows(key)) {
        String nearest = key.startsWith("quarkus.") ? quarkus.nearest(key) : own.nearest(key);
        throw unknown(key, config.getRawValue(key), nearest);
      }
    }
  }

  private static StartMistake unknown(String key, String value, String nearest) {
    return new StartMistake(
        key
            + "="
            + value
            + ": no such setting"
            + (nearest.isEmpty()
                ? "; docs/reference/configuration.md lists them"
                : "; did you mean " + nearest + "?"));
  }

  /** Values that are no number where one is wanted, and so on. */
  void refuseWrongTypes() {
    for (String key : config.getPropertyNames()) {
      String value = own.isSwitch(key) ? config.getConfigValue(key).getValue() : null;
      if (value != null && !SWITCH.contains(value.toLowerCase(Locale.ROOT))) {
        throw new StartMistake(key + "=" + value + ": must be true or false");
      }
    }
    try {
      ConfigMappings.registerConfigMappings(config, own.mappings());
    } catch (ConfigValidationException wrong) {
      throw mistake(wrong.getProblem(0).getMessage());
    }
  }

  /** A line of ours for one of SmallRye's. */
  static StartMistake mistake(String problem) {
    Matcher conversion = CONVERSION.matcher(problem);
    if (conversion.matches()) {
      return new StartMistake(
          conversion.group(1) + "=" + conversion.group(2) + ": " + right(conversion.group(3)));
    }
    Matcher expression = EXPRESSION.matcher(problem);
    if (expression.matches()) {
      return new StartMistake(
          expression.group(2)
              + "=...${"
              + expression.group(1)
              + "}...: there is no setting of that name; write \\${ for the letters themselves");
    }
    return new StartMistake(CODES.matcher(problem).replaceFirst(""));
  }

  private static String right(String fault) {
    if (fault.contains("Expected an integer") || fault.contains("Expected a long")) {
      return "must be a whole number";
    }
    if (fault.contains("Expected a double") || fault.contains("Expected a float")) {
      return "must be a number";
    }
    return CODES.matcher(fault).replaceFirst("");
  }
}
