package org.latentspace.training.vae;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.latentspace.storage.AtomicFile;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Where a training stands, complete enough to go on as if it had never stopped: position,
 * parameters, the state of Adam, the losses of the epoch so far, and the best parameters.
 *
 * <p>As a file: mark, length of the position and the position as JSON, the arrays (float32),
 * CRC-32C of all before.
 *
 * @param best parameters with the best validation loss; null where there are none yet
 */
record Checkpoint(Position position, INDArray parameters, INDArray updater, INDArray best) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MARK = 0x4c53_4332;
  private static final int LONGEST_POSITION = 1 << 20;
  private static final int CHUNK = 1 << 16;

  /** Bytes of mark, length and CRC. */
  private static final int OTHERS = 4 + 4 + 8;

  /**
   * How far a training has come.
   *
   * @param identity of the training: hyper-parameters, data, and what it continued from
   * @param epoch the one that goes on, from 1
   * @param batch the next one in it, from 0
   * @param steps of Adam
   * @param sums of the epoch's losses so far, see RhythmLoss
   * @param bestEpoch 0 where there is none yet
   */
  record Position(
      String identity,
      int epoch,
      int batch,
      int steps,
      double[] sums,
      double bestTotal,
      int bestEpoch) {}

  /** Writes it whole or not at all, and down to the disk. */
  void write(Path file) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".draft");
    byte[] head = JSON.writeValueAsBytes(position);
    CRC32C crc = new CRC32C();
    try (FileOutputStream disk = new FileOutputStream(draft.toFile());
        DataOutputStream out =
            new DataOutputStream(
                new BufferedOutputStream(new CheckedOutputStream(disk, crc), CHUNK))) {
      out.writeInt(MARK);
      out.writeInt(head.length);
      out.write(head);
      write(out, parameters);
      write(out, updater);
      if (best != null) {
        write(out, best);
      }
      out.flush();
      out.writeLong(crc.getValue());
      out.flush();
      disk.getFD().sync();
    }
    AtomicFile.move(draft, file);
  }

  /**
   * Throws IOException, saying what is wrong, for a damaged file, or one of another training or of
   * another number of parameters.
   */
  static Checkpoint read(Path file, String identity, int parameters) throws IOException {
    CRC32C crc = new CRC32C();
    try (DataInputStream in =
        new DataInputStream(
            new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file)), crc))) {
      int mark = in.readInt();
      int length = in.readInt();
      if (mark != MARK || length < 0 || length > LONGEST_POSITION) {
        throw new IOException("it is no checkpoint");
      }
      Position position = JSON.readValue(in.readNBytes(length), Position.class);
      if (!identity.equals(position.identity())) {
        throw new IOException("it is of another training");
      }
      boolean hasBest = position.bestEpoch() > 0;
      long numbers = (hasBest ? 4L : 3L) * parameters;
      if (Files.size(file) != OTHERS + length + Float.BYTES * numbers) {
        throw new IOException("it is cut short, or of another network");
      }
      INDArray now = read(in, parameters);
      INDArray updater = read(in, 2 * parameters);
      INDArray best = hasBest ? read(in, parameters) : null;
      long sum = crc.getValue();
      if (in.readLong() != sum) {
        throw new IOException("its CRC does not match");
      }
      return new Checkpoint(position, now, updater, best);
    } catch (JsonProcessingException damaged) {
      throw new IOException("its position cannot be read", damaged);
    } catch (EOFException end) {
      throw new IOException("it is cut short", end);
    }
  }

  private static void write(DataOutputStream out, INDArray array) throws IOException {
    int length = (int) array.length();
    FloatBuffer values = array.dup('c').data().asNioFloat();
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * CHUNK);
    for (int at = 0; at < length; at += CHUNK) {
      int n = Math.min(length - at, CHUNK);
      bytes.asFloatBuffer().put(values.slice(at, n));
      out.write(bytes.array(), 0, Float.BYTES * n);
    }
  }

  private static INDArray read(DataInputStream in, int length) throws IOException {
    INDArray array = Nd4j.createUninitialized(DataType.FLOAT, 1, length);
    FloatBuffer values = array.data().asNioFloat();
    byte[] bytes = new byte[Float.BYTES * CHUNK];
    for (int at = 0; at < length; at += CHUNK) {
      int n = Math.min(length - at, CHUNK);
      in.readFully(bytes, 0, Float.BYTES * n);
      values.put(ByteBuffer.wrap(bytes).asFloatBuffer().limit(n));
    }
    return array;
  }
}
