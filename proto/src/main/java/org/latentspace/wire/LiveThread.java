package org.latentspace.wire;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * The one thread of this process on which everything of the live path happens: reading a message,
 * what the service makes of it, handing that on. So a message wakes one thread in each process that
 * it crosses, and no two stages of one process wait for each other.
 *
 * <p>What runs here must not wait, neither for a disk nor for another service.
 */
public final class LiveThread {
  private static final EventLoopGroup GROUP =
      new NioEventLoopGroup(1, new DefaultThreadFactory("live", true));

  private LiveThread() {}

  /** It lasts as long as the process. */
  public static EventLoop get() {
    return GROUP.next();
  }

  /** Runs the task after all that has come in already. */
  public static void afterwards(Runnable task) {
    get().execute(task);
  }
}
