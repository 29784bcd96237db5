package org.latentspace.installation;

import java.util.List;

/** What is wrong in an installation's file: a line each, at most {@value #MOST_LINES}. */
public final class InstallationFault extends Exception {
  private static final long serialVersionUID = 1L;

  /** More than this nobody reads at once. */
  static final int MOST_LINES = 10;

  /** A line each. */
  public InstallationFault(List<String> lines) {
    super(String.join("\n", lines));
  }

  /** Each names the file, the key, the value and what would be right. */
  public List<String> lines() {
    return getMessage().lines().toList();
  }
}
