package org.latentspace.training.rhythm;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** Strokes kept in 13 bytes each, so that a data set of a million strokes fits beside the music. */
final class NoteList extends AbstractList<Note> implements RandomAccess {
  private final double[] quarter;
  private final byte[] key;
  private final float[] velocity;

  private NoteList(int size) {
    quarter = new double[size];
    key = new byte[size];
    velocity = new float[size];
  }

  static NoteList of(List<Note> notes) {
    if (notes instanceof NoteList same) {
      return same;
    }
    NoteList list = new NoteList(notes.size());
    int i = 0;
    for (Note note : notes) {
      list.quarter[i] = note.quarter();
      list.key[i] = (byte) note.key();
      list.velocity[i] = note.velocity();
      i++;
    }
    return list;
  }

  @Override
  public Note get(int index) {
    return new Note(quarter[index], key[index], velocity[index]);
  }

  @Override
  public int size() {
    return quarter.length;
  }
}
