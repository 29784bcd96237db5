package org.latentspace.training.versions.inlet;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.latentspace.proto.ModelChunk;
import org.latentspace.proto.ModelVersion;

/** A model file in pieces: the description first, then the bytes in order. */
final class FileChunks implements Iterator<ModelChunk>, AutoCloseable {
  static final int LARGEST = 256 << 10;

  private final InputStream in;
  private ModelVersion description;
  private byte[] next;

  FileChunks(ModelVersion description, Path file) {
    this.description = description;
    try {
      in = Files.newInputStream(file);
      next = in.readNBytes(LARGEST);
    } catch (IOException broken) {
      throw new UncheckedIOException("cannot read the file of " + description.getVersion(), broken);
    }
  }

  @Override
  public boolean hasNext() {
    return description != null || next.length > 0;
  }

  @Override
  public ModelChunk next() {
    if (description != null) {
      ModelChunk first = ModelChunk.newBuilder().setDescription(description).build();
      description = null;
      return first;
    }
    if (next.length == 0) {
      throw new NoSuchElementException();
    }
    ModelChunk chunk = ModelChunk.newBuilder().setData(ByteString.copyFrom(next)).build();
    try {
      next = in.readNBytes(LARGEST);
    } catch (IOException broken) {
      throw new UncheckedIOException("the file cannot be read any more", broken);
    }
    return chunk;
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
