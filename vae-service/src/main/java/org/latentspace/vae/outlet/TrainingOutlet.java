package org.latentspace.vae.outlet;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.latentspace.model.Grid;
import org.latentspace.model.ModelFault;
import org.latentspace.proto.GridSpec;
import org.latentspace.proto.LibraryEntry;
import org.latentspace.proto.LibraryRequest;
import org.latentspace.proto.ModelChunk;
import org.latentspace.proto.ModelServiceGrpc;
import org.latentspace.proto.Rhythm;
import org.latentspace.proto.VersionRequest;
import org.latentspace.vae.library.LibraryIndex;
import org.latentspace.vae.library.RhythmLibrary;
import org.latentspace.vae.library.RhythmLibrary.Entry;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.versions.LibraryUpdater.LibrarySource;
import org.latentspace.vae.versions.ModelActivation;
import org.latentspace.vae.versions.ModelSource;
import org.latentspace.vae.versions.ModelSource.Unavailable;
import org.latentspace.vae.wire.RhythmWire;
import org.latentspace.wire.NeighbourLine;

/**
 * Fetches versions and their libraries from training-service; called on the versions' own thread
 * only.
 */
public class TrainingOutlet implements ModelSource, LibrarySource {
  private static final long IDLE_MILLIS = 10_000;
  private static final int FIRST_BYTES = 1 << 20;

  private final NeighbourLine training;
  private final long idleMillis;

  /** Calls nobody yet. */
  public TrainingOutlet(String host, int port) {
    this(host, port, IDLE_MILLIS);
  }

  TrainingOutlet(String host, int port, long idleMillis) {
    training = new NeighbourLine("training-service", host, port);
    this.idleMillis = idleMillis;
  }

  @Override
  public byte[] fetch(ModelActivation wanted, BooleanSupplier givenUp)
      throws Unavailable, ModelFault {
    VersionRequest request =
        VersionRequest.newBuilder().setModel(wanted.model()).setVersion(wanted.version()).build();
    int size = wanted.bytes() == 0 ? FIRST_BYTES : (int) wanted.bytes();
    long most = wanted.bytes() == 0 ? ModelActivation.MOST_BYTES : wanted.bytes();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(size);
    read(
        new ServerStream<VersionRequest, ModelChunk>(),
        stream -> ModelServiceGrpc.newStub(training.channel()).download(request, stream),
        chunk -> {
          bytes.writeBytes(chunk.getData().toByteArray());
          return bytes.size() <= most;
        },
        givenUp);
    if (bytes.size() > most) {
      throw new ModelFault(wanted.name(), "has more than the " + most + " bytes it must have");
    }
    return bytes.toByteArray();
  }

  @Override
  public List<Entry> library(String line, Model model, BooleanSupplier givenUp) throws Unavailable {
    Grid grid = model.grid();
    LibraryRequest request =
        LibraryRequest.newBuilder()
            .setModel(line)
            .setVersion(model.version())
            .setGrid(
                GridSpec.newBuilder()
                    .setBars(grid.bars())
                    .setBeatsPerBar(grid.beatsPerBar())
                    .setBeatUnit(grid.beatUnit())
                    .setStepsPerBeat(grid.stepsPerBeat()))
            .addAllVoices(model.voices())
            .build();
    LibraryReader entries = new LibraryReader(model);
    read(
        new ServerStream<LibraryRequest, LibraryEntry>(),
        stream -> ModelServiceGrpc.newStub(training.channel()).library(request, stream),
        entries::read,
        givenUp);
    return entries.list();
  }

  private <Q, T> void read(
      ServerStream<Q, T> stream,
      Consumer<ServerStream<Q, T>> open,
      ServerStream.Reader<T> reader,
      BooleanSupplier givenUp)
      throws Unavailable {
    try {
      stream.read(open, reader, givenUp, idleMillis);
    } catch (Unavailable e) {
      throw new Unavailable(training + ": " + e.getMessage());
    }
  }

  /** Ends what is being fetched. */
  public void close() {
    training.close();
  }

  /**
   * Gathers a library from the wire: as much as a library holds, without what does not fit the
   * model.
   */
  static final class LibraryReader {
    private static final Logger LOG = Logger.getLogger(LibraryReader.class);
    private static final int MOST_VOICES = 24;

    private final Model model;
    private final List<Entry> entries = new ArrayList<>();
    private long strokes;
    private int refused;

    /** For the library of this model. */
    LibraryReader(Model model) {
      this.model = model;
    }

    /** Takes one; false: there is no room for more. */
    boolean read(LibraryEntry entry) {
      try {
        org.latentspace.vae.rhythm.Rhythm rhythm = rhythm(entry.getRhythm());
        LibraryIndex.check(rhythm, entries.size(), model);
        if (entries.size() == RhythmLibrary.MOST_ENTRIES
            || strokes + rhythm.strokes() > RhythmLibrary.MOST_STROKES) {
          LOG.warnf("the library is too large; its first %d entries are held", entries.size());
          return false;
        }
        strokes += rhythm.strokes();
        entries.add(new Entry(entry.getId(), rhythm));
      } catch (IllegalArgumentException e) {
        if (refused++ == 0) {
          String id = entry.getId().replaceAll("[^ -~]", "?");
          LOG.warnf(
              "library entry %s is left out, and so are later bad ones: %s", id, e.getMessage());
        }
      }
      return true;
    }

    /** What was taken. */
    List<Entry> list() {
      return entries;
    }

    private static org.latentspace.vae.rhythm.Rhythm rhythm(Rhythm wire) {
      if (wire.getVoicesCount() > MOST_VOICES) {
        throw new IllegalArgumentException(wire.getVoicesCount() + " voices, must be 1..24");
      }
      org.latentspace.vae.rhythm.Rhythm rhythm = RhythmWire.read(wire);
      if (rhythm.strokes() > rhythm.grid().steps() * MOST_VOICES) {
        throw new IllegalArgumentException(
            rhythm.strokes() + " strokes, more than there are cells");
      }
      return rhythm;
    }
  }
}
