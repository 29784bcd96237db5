package org.latentspace.explorer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.latentspace.explorer.mapping.Fitted;
import org.latentspace.explorer.mapping.Playing;
import org.latentspace.explorer.mapping.VersionLine;
import org.latentspace.explorer.project.JsonFields;
import org.latentspace.explorer.project.ProjectPart;
import org.latentspace.model.FlucomaJson;
import org.latentspace.model.ModelFault;
import org.latentspace.proto.MappingVersion;

/**
 * A performer's mappings in a project: {@code {"playing": VERSION, "by_hand": FLUCOMA JSON,
 * "versions": [{"version", "flucoma_json", "senses", ...}, ...]}}, newest first; a version is what
 * kept.proto calls a MappingVersion.
 */
@ApplicationScoped
public class MappingPart implements ProjectPart {
  private static final Set<String> KEYS = Set.of("playing", "by_hand", "versions");

  @Inject MappingShelf shelf;
  @Inject Fitting fitting;

  @Override
  public String name() {
    return "mapping";
  }

  @Override
  public JsonNode export(String performer) {
    Playing playing = shelf.playing(performer);
    List<Fitted> versions;
    try {
      versions = shelf.list(performer).toCompletableFuture().join();
    } catch (CompletionException fault) {
      throw new IllegalStateException(fault.getCause().getMessage(), fault);
    }
    if (versions.isEmpty() && playing.equals(Playing.NOTHING)) {
      return null;
    }
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("playing", playing.version()).put("by_hand", playing.byHand());
    ArrayNode list = node.putArray("versions");
    for (Fitted fitted : versions) {
      list.add(MessageJson.write(message(fitted)));
    }
    return node;
  }

  private static MappingVersion message(Fitted fitted) {
    try {
      return MappingWire.message(fitted.record());
    } catch (ModelFault e) {
      throw new IllegalStateException("it was read a moment ago", e);
    }
  }

  @Override
  public void check(String performer, JsonNode part) {
    if (part != null) {
      versions(performer, part);
      playing(performer, part);
    }
  }

  @Override
  public void replace(String performer, JsonNode part) {
    fitting.giveUp(performer, "a project of " + performer + " was imported");
    List<Fitted> versions = part == null ? List.of() : versions(performer, part);
    Playing playing = part == null ? Playing.NOTHING : playing(performer, part);
    try {
      shelf.replace(performer, versions, playing).toCompletableFuture().join();
    } catch (CompletionException fault) {
      throw new IllegalStateException(fault.getCause().getMessage(), fault);
    }
  }

  private static List<Fitted> versions(String performer, JsonNode part) {
    JsonFields.object(part, "mapping", KEYS);
    JsonNode list = JsonFields.list(part.get("versions"), "mapping.versions", VersionLine.MOST);
    List<Fitted> versions = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      String where = "mapping.versions[" + i + "]";
      MappingVersion.Builder message = MappingVersion.newBuilder();
      MessageJson.read(list.get(i), where, message);
      try {
        Fitted fitted = MappingWire.fitted(message.setPerformer(performer).build());
        boolean twice = versions.stream().anyMatch(v -> v.version().equals(fitted.version()));
        JsonFields.require(!twice, where, list.get(i).get("version"), "there once");
        versions.add(fitted);
      } catch (ModelFault e) {
        throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
      }
    }
    return versions;
  }

  private static Playing playing(String performer, JsonNode part) {
    String version = JsonFields.text(part.get("playing"), "mapping.playing");
    String byHand = JsonFields.text(part.get("by_hand"), "mapping.by_hand");
    boolean there =
        version.isEmpty()
            || versions(performer, part).stream().anyMatch(v -> v.version().equals(version));
    JsonFields.require(there, "mapping.playing", part.get("playing"), "one of the versions");
    try {
      return byHand.isEmpty() || !version.isEmpty()
          ? new Playing(version, "")
          : new Playing("", FlucomaJson.write(FlucomaJson.read(byHand)));
    } catch (ModelFault e) {
      throw new IllegalArgumentException("mapping.by_hand: " + e.getMessage(), e);
    }
  }
}
