package org.latentspace.training.vae;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
 * <p>As a file: mark, identity, the numbers, the three arrays (float32), CRC-32C of all before.
 *
 * @param identity of the training: hyper-parameters, data, and what it continued from
 * @param epoch the one that goes on, from 1
 * @param batch the next one in it, from 0
 * @param sums of the epoch's losses so far, see RhythmLoss
 * @param best parameters with the best validation loss; null where there are none yet
 */
record Checkpoint(
    String identity,
    int epoch,
    int batch,
    int iterations,
    double[] sums,
    double bestTotal,
    int bestEpoch,
    INDArray parameters,
    INDArray updater,
    INDArray best) {
  private static final int MARK = 0x4c53_4331;
  private static final int SUMS = 5;
  private static final int LONGEST_IDENTITY = 1 << 20;
  private static final int CHUNK = 1 << 16;

  /** Bytes of all but the identity and the arrays. */
  private static final int OTHERS = 8 + 12 + 8 * SUMS + 8 + 4 + 12 + 8;

  /** Writes it whole or not at all, and down to the disk. */
  void write(Path file) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".draft");
    byte[] name = identity.getBytes(StandardCharsets.UTF_8);
    CRC32C crc = new CRC32C();
    try (FileOutputStream disk = new FileOutputStream(draft.toFile());
        DataOutputStream out =
            new DataOutputStream(
                new BufferedOutputStream(new CheckedOutputStream(disk, crc), CHUNK))) {
      out.writeInt(MARK);
      out.writeInt(name.length);
      out.write(name);
      out.writeInt(epoch);
      out.writeInt(batch);
      out.writeInt(iterations);
      for (double each : sums) {
        out.writeDouble(each);
      }
      out.writeDouble(bestTotal);
      out.writeInt(bestEpoch);
      INDArray[] arrays = {parameters, updater, best};
      for (INDArray each : arrays) {
        out.writeInt(each == null ? 0 : (int) each.length());
      }
      for (INDArray each : arrays) {
        write(out, each);
      }
      out.flush();
      out.writeLong(crc.getValue());
      out.flush();
      disk.getFD().sync();
    }
    AtomicFile.move(draft, file);
  }

  /** Throws IOException, saying what is wrong, for a damaged file or another training's. */
  static Checkpoint read(Path file, String identity) throws IOException {
    CRC32C crc = new CRC32C();
    try (DataInputStream in =
        new DataInputStream(
            new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file)), crc))) {
      long left = Files.size(file) - OTHERS - identify(in, identity);
      int epoch = in.readInt();
      int batch = in.readInt();
      int iterations = in.readInt();
      double[] sums = new double[SUMS];
      for (int i = 0; i < SUMS; i++) {
        sums[i] = in.readDouble();
      }
      double bestTotal = in.readDouble();
      int bestEpoch = in.readInt();
      int[] sizes = {in.readInt(), in.readInt(), in.readInt()};
      if (Arrays.stream(sizes).anyMatch(size -> size < 0)) {
        throw new IOException("its sizes cannot be");
      }
      if (left != Float.BYTES * Arrays.stream(sizes).asLongStream().sum()) {
        throw new IOException("it is cut short");
      }
      INDArray parameters = read(in, sizes[0]);
      INDArray updater = read(in, sizes[1]);
      INDArray best = sizes[2] == 0 ? null : read(in, sizes[2]);
      long sum = crc.getValue();
      if (in.readLong() != sum) {
        throw new IOException("its CRC does not match");
      }
      return new Checkpoint(
          identity,
          epoch,
          batch,
          iterations,
          sums,
          bestTotal,
          bestEpoch,
          parameters,
          updater,
          best);
    } catch (EOFException end) {
      throw new IOException("it is cut short", end);
    }
  }

  /** The length of the identity in bytes. */
  private static int identify(DataInputStream in, String identity) throws IOException {
    int mark = in.readInt();
    int length = in.readInt();
    if (mark != MARK || length < 0 || length > LONGEST_IDENTITY) {
      throw new IOException("it is no checkpoint");
    }
    if (!identity.equals(new String(in.readNBytes(length), StandardCharsets.UTF_8))) {
      throw new IOException("it is of another training");
    }
    return length;
  }

  private static void write(DataOutputStream out, INDArray array) throws IOException {
    int length = array == null ? 0 : (int) array.length();
    FloatBuffer values = length == 0 ? null : array.dup('c').data().asNioFloat();
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
