package org.latentspace.training.jobs.inlet;

import static org.latentspace.training.inlet.Fields.in;
import static org.latentspace.training.inlet.Fields.or;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.Map;
import org.latentspace.proto.HyperParameterSpec;
import org.latentspace.proto.StartJobRequest;
import org.latentspace.training.data.Kits;
import org.latentspace.training.data.wire.DataWire;
import org.latentspace.training.inlet.Fields;
import org.latentspace.training.jobs.Job;
import org.latentspace.training.jobs.JobSubmission;
import org.latentspace.training.jobs.wire.JobWire;
import org.latentspace.training.vae.HyperParameter;
import org.latentspace.training.vae.HyperParameters;

/** Reads orders for jobs from the wire, and says which field is wrong. */
public final class JobOrders {
  private static final String STANDARD_MODEL = "rhythm";
  private static final int LONGEST_NOTE = 1000;
  private static final int LARGEST_REQUEST = 256 << 10;

  private JobOrders() {}

  /** Throws IllegalArgumentException that names the field, its value and what would be right. */
  static JobSubmission.Order read(StartJobRequest request) {
    if (request.getSerializedSize() > LARGEST_REQUEST) {
      throw new IllegalArgumentException(
          "the request has " + request.getSerializedSize() + " bytes, at most 256 KiB");
    }
    Job.Ask ask =
        new Job.Ask(
            or(request.getModel(), STANDARD_MODEL),
            request.getFromVersion(),
            request.getActivateIfBetter(),
            false,
            JobWire.text(request));
    JobSubmission.Source source =
        new JobSubmission.Source(
            in("selection", () -> DataWire.read(request.getSelection())),
            request.hasValidation()
                ? in("validation", () -> DataWire.read(request.getValidation()))
                : null,
            in("grid", () -> Fields.grid(request.getGrid())),
            or(request.getKit(), Kits.SIX_ROBOTS));
    return new JobSubmission.Order(
        ask,
        source,
        in("hyper_parameters", () -> read(request.getHyperParameters())),
        text("licence", request.getLicence()),
        text("attribution", request.getAttribution()),
        text("note", request.getNote()));
  }

  /** The preset's values but for those that are set; a field is named as its hyper-parameter. */
  static HyperParameters read(HyperParameterSpec spec) {
    HyperParameters hyper = HyperParameters.preset(or(spec.getPreset(), "six-robots"));
    for (Map.Entry<FieldDescriptor, Object> set : spec.getAllFields().entrySet()) {
      String name = set.getKey().getName();
      if (name.equals("seed")) {
        hyper = hyper.withSeed(spec.getSeed());
      } else if (!name.equals("preset")) {
        hyper = hyper.with(HyperParameter.named(name), number(set.getKey(), set.getValue()));
      }
    }
    return hyper;
  }

  private static double number(FieldDescriptor field, Object value) {
    return field.getType() == FieldDescriptor.Type.UINT32
        ? Integer.toUnsignedLong((Integer) value)
        : ((Number) value).doubleValue();
  }

  private static String text(String field, String value) {
    if (value.length() > LONGEST_NOTE) {
      throw new IllegalArgumentException(
          field + " has " + value.length() + " characters, at most " + LONGEST_NOTE);
    }
    return value;
  }
}
