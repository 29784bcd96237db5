package org.latentspace.training.vae;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
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
  private static final int CHUNK = 1 << 16;

  /** Writes it whole or not at all, and down to the disk. */
  void write(Path file) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".draft");
    byte[] name = identity.getBytes(StandardCharsets.UTF_8);
    ByteBuffer head = ByteBuffer.allocate(name.length + 128);
    head.putInt(MARK).putInt(name.length).put(name);
    head.putInt(epoch).putInt(batch).putInt(iterations);
    for (double each : sums) {
      head.putDouble(each);
    }
    head.putDouble(bestTotal).putInt(bestEpoch);
    head.putInt((int) parameters.length()).putInt((int) updater.length());
    head.putInt(best == null ? 0 : (int) best.length()).flip();
    CRC32C crc = new CRC32C();
    try (FileChannel out =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      put(out, head, crc);
      write(out, parameters, crc);
      write(out, updater, crc);
      if (best != null) {
        write(out, best, crc);
      }
      put(out, ByteBuffer.allocate(8).putLong(crc.getValue()).flip(), new CRC32C());
      out.force(true);
    }
    Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Throws IOException, saying what is wrong, for a damaged file or another training's. */
  static Checkpoint read(Path file, String identity) throws IOException {
    CRC32C crc = new CRC32C();
    try (FileChannel in = FileChannel.open(file)) {
      identify(in, identity, crc);
      ByteBuffer head = get(in, 12 + 8 * SUMS + 8 + 4 + 12, crc);
      int epoch = head.getInt();
      int batch = head.getInt();
      int iterations = head.getInt();
      double[] sums = new double[SUMS];
      for (int i = 0; i < SUMS; i++) {
        sums[i] = head.getDouble();
      }
      double bestTotal = head.getDouble();
      int bestEpoch = head.getInt();
      int[] sizes = {head.getInt(), head.getInt(), head.getInt()};
      check(sizes, in.size() - in.position());
      INDArray parameters = read(in, sizes[0], crc);
      INDArray updater = read(in, sizes[1], crc);
      INDArray best = sizes[2] == 0 ? null : read(in, sizes[2], crc);
      if (get(in, 8, new CRC32C()).getLong() != crc.getValue()) {
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
    }
  }

  private static void identify(FileChannel in, String identity, CRC32C crc) throws IOException {
    ByteBuffer start = get(in, 8, crc);
    int mark = start.getInt();
    int length = start.getInt();
    if (mark != MARK || length < 0 || length > 1 << 20) {
      throw new IOException("it is no checkpoint");
    }
    byte[] name = new byte[length];
    get(in, length, crc).get(name);
    if (!identity.equals(new String(name, StandardCharsets.UTF_8))) {
      throw new IOException("it is of another training");
    }
  }

  private static void check(int[] sizes, long left) throws IOException {
    long needed = Long.BYTES;
    for (int each : sizes) {
      needed += 4L * each;
      if (each < 0) {
        throw new IOException("its sizes cannot be");
      }
    }
    if (left != needed) {
      throw new IOException("it is cut short");
    }
  }

  private static void write(FileChannel out, INDArray array, CRC32C crc) throws IOException {
    float[] chunk = new float[CHUNK];
    java.nio.FloatBuffer values = array.dup('c').data().asNioFloat();
    ByteBuffer bytes = ByteBuffer.allocate(4 * CHUNK);
    for (int left = (int) array.length(); left > 0; left -= CHUNK) {
      int n = Math.min(left, CHUNK);
      values.get(chunk, 0, n);
      bytes.clear();
      bytes.asFloatBuffer().put(chunk, 0, n);
      put(out, bytes.limit(4 * n), crc);
    }
  }

  private static INDArray read(FileChannel in, int length, CRC32C crc) throws IOException {
    float[] chunk = new float[CHUNK];
    INDArray array = Nd4j.createUninitialized(DataType.FLOAT, 1, length);
    java.nio.FloatBuffer values = array.data().asNioFloat();
    for (int left = length; left > 0; left -= CHUNK) {
      int n = Math.min(left, CHUNK);
      get(in, 4 * n, crc).asFloatBuffer().get(chunk, 0, n);
      values.put(chunk, 0, n);
    }
    return array;
  }

  private static void put(FileChannel out, ByteBuffer bytes, CRC32C crc) throws IOException {
    crc.update(bytes.duplicate());
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  private static ByteBuffer get(FileChannel in, int length, CRC32C crc) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (in.read(bytes) < 0) {
        throw new IOException("it is cut short");
      }
    }
    crc.update(bytes.flip().duplicate());
    return bytes;
  }
}
