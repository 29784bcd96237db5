package org.latentspace.midi.inlet;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.latentspace.installation.InstallationFault;
import org.latentspace.midi.CalibrationFlow;
import org.latentspace.midi.calibration.Calibrator;
import org.latentspace.midi.wire.CalibrationWire;
import org.latentspace.proto.CalibrateRequest;
import org.latentspace.proto.CalibrationProgress;
import org.latentspace.proto.CalibrationServiceGrpc;
import org.latentspace.proto.DeleteCalibrationRequest;
import org.latentspace.proto.ListCalibrationsReply;
import org.latentspace.proto.ListCalibrationsRequest;
import org.latentspace.wire.grpc.Replies;

/** gRPC service: robots are measured by listening to them. */
@Singleton
public class CalibrationInlet extends CalibrationServiceGrpc.CalibrationServiceImplBase {
  private final CalibrationFlow flow;

  @Inject
  CalibrationInlet(CalibrationFlow flow) {
    this.flow = flow;
  }

  @Override
  public void calibrate(CalibrateRequest request, StreamObserver<CalibrationProgress> response) {
    ServerCallStreamObserver<CalibrationProgress> call =
        (ServerCallStreamObserver<CalibrationProgress>) response;
    Replies.answer(
        response,
        () -> {
          Calibrator.Progress progress =
              (strokes, planned, heard) -> {
                if (call.isReady()) {
                  call.onNext(CalibrationWire.progress(strokes, planned, heard).build());
                }
              };
          var found = flow.measure(CalibrationWire.order(request), progress, call::isCancelled);
          return CalibrationWire.progress(found.strokes(), found.strokes(), found.strokes())
              .setHeard(found.strokes() - found.rejected())
              .setResult(CalibrationWire.write(found))
              .build();
        },
        CalibrationInlet::status);
  }

  private static Status status(Throwable fault) {
    if (fault instanceof Calibrator.Busy) {
      return Status.ALREADY_EXISTS;
    }
    return fault instanceof InstallationFault ? Status.INVALID_ARGUMENT : null;
  }

  @Override
  public void listCalibrations(
      ListCalibrationsRequest request, StreamObserver<ListCalibrationsReply> response) {
    Replies.answer(response, this::all);
  }

  private ListCalibrationsReply all() {
    ListCalibrationsReply.Builder reply = ListCalibrationsReply.newBuilder();
    flow.all().forEach(one -> reply.addCalibrations(CalibrationWire.write(one)));
    return reply.build();
  }

  @Override
  public void deleteCalibration(
      DeleteCalibrationRequest request, StreamObserver<ListCalibrationsReply> response) {
    Replies.answer(
        response,
        () -> {
          flow.delete(request.getRobot());
          return all();
        },
        CalibrationInlet::status);
  }
}
