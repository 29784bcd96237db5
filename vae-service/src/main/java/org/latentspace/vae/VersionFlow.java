package org.latentspace.vae;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.NoSuchElementException;
import org.latentspace.model.ModelFault;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.model.ModelShelf;
import org.latentspace.vae.model.ModelStand;
import org.latentspace.vae.versions.Activated;
import org.latentspace.vae.versions.Held;
import org.latentspace.vae.versions.VersionThread;
import org.latentspace.vae.versions.Versions;

/**
 * Read this after {@link VaeFlow}: which model plays, and how another comes to play.
 *
 * <pre>
 *   activation -> versions: fetch, verify, warm up --+
 *   load by name -> shelf of files, cache -----------+--> stand: plays from the next rhythm on
 *   roll back ---------------------------------------+
 * </pre>
 */
@ApplicationScoped
public class VersionFlow {
  @Inject ModelStand stand;
  @Inject ModelShelf shelf;
  @Inject Versions versions;
  @Inject VersionThread thread;

  /** This version is to play from now on, as soon as it is here. */
  public void activate(Activated activated, long nowNanos) {
    versions.hear(activated, nowNanos);
    thread.wake();
  }

  /** Plays a file or a cached version from the next rhythm on, or says why not. */
  public ModelStand.Playing load(String name) throws ModelFault {
    ModelStand.Playing playing = stand.put(name, find(name));
    thread.wake();
    return playing;
  }

  private Model find(String name) throws ModelFault {
    try {
      return shelf.named(name);
    } catch (NoSuchElementException e) {
      Model cached = versions.cached(name);
      if (cached == null) {
        throw e;
      }
      return cached;
    }
  }

  /** Plays what played before, from the next rhythm on; once more undoes it. */
  public ModelStand.Playing rollBack() {
    ModelStand.Playing playing = stand.rollBack();
    thread.wake();
    return playing;
  }

  /** All models that are here, on their way, or were refused. */
  public List<Held> held() {
    return versions.held();
  }
}
