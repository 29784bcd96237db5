package org.latentspace.installation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.latentspace.installation.Action.Target;
import org.latentspace.installation.Installation.EnsemblePart;
import org.latentspace.installation.Installation.Lead;
import org.latentspace.installation.Installation.PortPart;
import org.latentspace.performer.Name;

/** Reads the sections of an installation's file, and what they say of each other. */
final class InstallationReader {
  private static final int MOST_PERFORMERS = 64;
  private static final int MOST_ENSEMBLES = 16;
  private static final int MOST_PORTS = 32;
  private static final int MOST_ROBOTS = 128;
  private static final double MOST_NUDGE_MS = 500;
  private static final List<String> DIVISIONS = List.of("1", "2", "4");

  private static final List<String> KEYS =
      List.of("performers", "ensembles", "ports", "robots", "senses", "controls", "pads");

  // Which kinds there are is midi-gateway's to say.
  private static final Pattern ADDRESS = Pattern.compile("[a-z]+:.*");

  private final List<String> mistakes;
  private List<String> performers = List.of();
  private List<String> ensembles = List.of();
  private Map<String, PortPart> ports = Map.of();

  /**
   * @param mistakes gets a line for all that is wrong
   */
  InstallationReader(List<String> mistakes) {
    this.mistakes = mistakes;
  }

  Installation read(JsonNode root) {
    SectionReader file = new SectionReader(mistakes, "", root, KEYS);
    performers = file.texts("performers", MOST_PERFORMERS, Name::isValid, Name.RULE);
    ports = ports(file);
    ensembles = file.named("ensembles", MOST_ENSEMBLES, Name::isValid, Name.RULE);
    SectionReader parts = section(file, "ensembles");
    List<EnsemblePart> groups = ensembles.stream().map(name -> ensemble(parts, name)).toList();
    RobotReader robots = new RobotReader(ensembles, ports);
    SectionReader machines = section(file, "robots");
    List<String> machineNames = file.named("robots", MOST_ROBOTS, Name::isValid, Name.RULE);
    Map<Target, List<String>> names =
        Map.of(
            Target.PERFORMER, performers, Target.ENSEMBLE, ensembles, Target.ROBOT, machineNames);
    return new Installation(
        performers,
        groups,
        ports,
        machineNames.stream().map(name -> robots.robot(machines, name)).toList(),
        SenseReader.senses(file, section(file, "senses")),
        new ControlReader(mistakes, names).controls(file),
        new PadReader(mistakes, this::isPerformer, rightPerformer(), ensembles).read(file));
  }

  /** A section whose keys are names. */
  private SectionReader section(SectionReader file, String key) {
    List<String> names = new ArrayList<>();
    file.at(key).fieldNames().forEachRemaining(names::add);
    return file.at(key).isObject() ? file.section(key, names) : file;
  }

  private Map<String, PortPart> ports(SectionReader file) {
    SectionReader section = section(file, "ports");
    Map<String, PortPart> all = new LinkedHashMap<>();
    Map<String, String> names = new LinkedHashMap<>();
    for (String name : file.named("ports", MOST_PORTS, Name::isValid, Name.RULE)) {
      boolean more = section.at(name).isObject();
      SectionReader keys = more ? section.section(name, List.of("address", "nudge-ms")) : section;
      String address =
          keys.text(
              more ? "address" : name,
              ADDRESS.asMatchPredicate(),
              "an address such as midi:NAME or file:PATH");
      double nudge = more ? keys.number("nudge-ms", -MOST_NUDGE_MS, MOST_NUDGE_MS).orElse(0) : 0;
      String other = names.putIfAbsent(address, name);
      section.require(
          other == null || address.isEmpty(),
          section.path(name),
          section.at(name),
          "another address than ports." + other);
      all.put(name, new PortPart(address, nudge));
    }
    return all;
  }

  private EnsemblePart ensemble(SectionReader section, String name) {
    SectionReader keys =
        section.section(
            name,
            List.of(
                "performers",
                "lead",
                "take-over",
                "shuffle",
                "nudge-ms",
                "division",
                "mute",
                "solo"));
    List<String> members =
        keys.texts("performers", MOST_PERFORMERS, this::isPerformer, rightPerformer());
    String lead = keys.has("lead") ? keys.text("lead") : "latest";
    boolean one = !lead.equals("latest") && !lead.equals("mean");
    Predicate<String> mayLead = members.isEmpty() ? this::isPerformer : members::contains;
    keys.require(
        !one || mayLead.test(lead),
        keys.path("lead"),
        keys.at("lead"),
        "latest, mean, or one of the ensemble's performers");
    return new EnsemblePart(
        name,
        members,
        one ? Lead.ONE : Lead.valueOf(lead.toUpperCase(Locale.ROOT)),
        one ? lead : "",
        keys.has("take-over") ? keys.choice("take-over", List.of("cell", "beat", "bar")) : "",
        keys.number("shuffle", 0, 1),
        keys.number("nudge-ms", -MOST_NUDGE_MS, MOST_NUDGE_MS),
        division(keys),
        keys.flag("mute"),
        keys.flag("solo"));
  }

  private static OptionalInt division(SectionReader keys) {
    String division = keys.has("division") ? keys.choice("division", DIVISIONS) : "";
    return division.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(division));
  }

  private boolean isPerformer(String name) {
    return performers.isEmpty() ? Name.isValid(name) : performers.contains(name);
  }

  private String rightPerformer() {
    return performers.isEmpty() ? Name.RULE : "one of " + String.join(", ", performers);
  }
}
