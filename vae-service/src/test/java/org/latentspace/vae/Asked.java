package org.latentspace.vae;

import org.latentspace.proto.DecodeRequest;
import org.latentspace.proto.LoadModelRequest;

/** What a test asks vae-service. */
final class Asked {
  private Asked() {}

  static DecodeRequest decode(float... position) {
    DecodeRequest.Builder request = DecodeRequest.newBuilder();
    for (float entry : position) {
      request.addPosition(entry);
    }
    return request.build();
  }

  static LoadModelRequest load(String name) {
    return LoadModelRequest.newBuilder().setName(name).build();
  }
}
