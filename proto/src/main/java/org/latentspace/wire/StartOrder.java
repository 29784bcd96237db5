package org.latentspace.wire;

/**
 * The order in which the parts of an application start, as priorities of observers of the start: in
 * one JVM nothing is overwritten and nothing sounds before every service has found its settings
 * right.
 */
public final class StartOrder {
  /** Settings are read and checked, neighbours called: the default of an observer. */
  public static final int CHECK = 2500;

  /** The live path is exercised. */
  public static final int WARM = 3000;

  /** Files and ports are opened. */
  public static final int OPEN = 4000;

  /** The first sound, the first line on the console. */
  public static final int SOUND = 5000;

  /** Calls of others are answered. */
  public static final int ANSWER = 6000;

  private StartOrder() {}
}
