package org.latentspace.vae;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.NoSuchElementException;
import org.latentspace.model.ModelFault;
import org.latentspace.vae.model.ActiveModel;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.model.ModelLocator;
import org.latentspace.vae.versions.KnownModel;
import org.latentspace.vae.versions.ModelActivation;
import org.latentspace.vae.versions.VersionFollower;
import org.latentspace.vae.versions.VersionThread;

/**
 * Read this after {@link VaeFlow}: which model plays, and how another comes to play.
 *
 * <pre>
 *   activation -> versions: fetch, verify, warm up --+
 *   load by name -> locator of files, cache -----------+--> activeModel: plays from the next rhythm on
 *   roll back ---------------------------------------+
 * </pre>
 */
@ApplicationScoped
public class VersionFlow {
  @Inject ActiveModel activeModel;
  @Inject ModelLocator locator;
  @Inject VersionFollower versions;
  @Inject VersionThread thread;

  /** This version is to play from now on, as soon as it is here. */
  public void activate(ModelActivation activated, long nowNanos) {
    versions.hear(activated, nowNanos);
    thread.wake();
  }

  /** Plays a file or a cached version from the next rhythm on, or says why not. */
  public ActiveModel.Playing load(String name) throws ModelFault {
    ActiveModel.Playing playing = activeModel.put(name, find(name));
    thread.wake();
    return playing;
  }

  private Model find(String name) throws ModelFault {
    try {
      return locator.named(name);
    } catch (NoSuchElementException e) {
      Model cached = versions.cached(name);
      if (cached == null) {
        throw e;
      }
      return cached;
    }
  }

  /** Plays what played before, from the next rhythm on; once more undoes it. */
  public ActiveModel.Playing rollBack() {
    ActiveModel.Playing playing = activeModel.rollBack();
    thread.wake();
    return playing;
  }

  /** All models that are here, on their way, or were refused. */
  public List<KnownModel> held() {
    return versions.held();
  }
}
