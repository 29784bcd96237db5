package org.latentspace.vae.inlet;

import java.util.List;
import org.latentspace.proto.MapCell;
import org.latentspace.proto.MapReply;
import org.latentspace.proto.NearestReply;
import org.latentspace.proto.Neighbour;
import org.latentspace.vae.library.LatentMap;
import org.latentspace.vae.library.LibraryIndex;
import org.latentspace.vae.playing.DecodedRhythm;
import org.latentspace.vae.wire.RhythmWire;

/** Writes what was found in the latent space and the library as messages. */
final class RhythmReplies {
  private RhythmReplies() {}

  static MapReply map(LatentMap map) {
    MapReply.Builder reply = MapReply.newBuilder().setSide(map.side()).setUnique(map.unique());
    for (LatentMap.Cell cell : map.cells()) {
      MapCell.Builder told =
          MapCell.newBuilder()
              .setX(cell.x())
              .setY(cell.y())
              .setStrokes(cell.strokes())
              .setDensity(cell.density())
              .setNovelty(cell.novelty())
              .setNearest(cell.nearest());
      if (cell.decodedRhythm() != null) {
        told.setRhythm(RhythmWire.write(cell.decodedRhythm()));
      }
      reply.addCells(told);
    }
    return reply.build();
  }

  static NearestReply nearest(List<LibraryIndex.Neighbour> neighbours) {
    NearestReply.Builder reply = NearestReply.newBuilder();
    for (LibraryIndex.Neighbour neighbour : neighbours) {
      DecodedRhythm decodedRhythm =
          DecodedRhythm.apart(neighbour.entry().rhythm(), neighbour.position());
      reply.addNeighbours(
          Neighbour.newBuilder()
              .setId(neighbour.entry().id())
              .setJaccard(neighbour.jaccard())
              .setLatent(neighbour.latent())
              .setRhythm(RhythmWire.write(decodedRhythm)));
    }
    return reply.build();
  }
}
