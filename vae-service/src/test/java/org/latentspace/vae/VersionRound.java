package org.latentspace.vae;

import com.google.protobuf.Timestamp;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.latentspace.kept.KeptLog;
import org.latentspace.kept.Topic;
import org.latentspace.proto.Activation;
import org.latentspace.proto.HeldModel;
import org.latentspace.proto.ListModelsRequest;
import org.latentspace.proto.ModelEvent;
import org.latentspace.proto.VaeServiceGrpc.VaeServiceBlockingStub;
import org.latentspace.vae.model.Model;
import org.latentspace.vae.outlet.FakeTraining;

/** Publishes and activates versions the way training-service does, and looks what came of it. */
final class VersionRound {
  private final KeptLog log;
  private final FakeTraining training;
  private final VaeServiceBlockingStub vae;
  private int activations;

  VersionRound(KeptLog log, FakeTraining training, VaeServiceBlockingStub vae) {
    this.log = log;
    this.training = training;
    this.vae = vae;
  }

  void publish(String version, byte[] file) {
    training.files.put("six/" + version, file);
  }

  /** Activates it with what training-service knows of its file; "built-in" has none. */
  void activate(String version) throws Exception {
    byte[] file = training.files.get("six/" + version);
    Activation.Builder activation =
        Activation.newBuilder()
            .setModel("six")
            .setVersion(version)
            .setActivatedAt(Timestamp.newBuilder().setSeconds(++activations));
    if (file != null) {
      activation.setSha256(Model.sha256(file)).setBytes(file.length);
    }
    append(ModelEvent.newBuilder().setActivated(activation).build().toByteArray());
  }

  void append(byte[] value) throws Exception {
    log.append(Topic.MODEL_VERSIONS, "six/active", value)
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  List<String> states() {
    return models().stream().map(m -> m.getVersion() + ":" + m.getState()).toList();
  }

  List<HeldModel> models() {
    return vae.listModels(ListModelsRequest.getDefaultInstance()).getModelsList();
  }
}
