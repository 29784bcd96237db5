package org.latentspace.link;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/**
 * Runs each test method in a process of its own, in a network namespace that has nothing but
 * loopback: what is multicast there leaves no machine. Skips with a reason where the system does
 * not allow it.
 */
public final class InNamespace implements InvocationInterceptor {
  private static final String SHELL =
      "PATH=$PATH:/usr/sbin:/sbin; ip link set lo up && ip link set lo multicast on"
          + " && ip route add 224.0.0.0/4 dev lo && exec \"$0\" \"$@\"";
  private static final long PATIENCE_SECONDS = 170;

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> context,
      ExtensionContext extension)
      throws Throwable {
    invocation.skip();
    List<String> command = new ArrayList<>(namespace());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx128m");
    command.add("-cp");
    String own = System.getProperty("java.class.path");
    command.add(System.getProperty("surefire.test.class.path", own));
    command.add(InNamespace.class.getName());
    command.add(context.getTargetClass().getName());
    command.add(context.getExecutable().getName());
    Path output = Files.createTempFile("namespace", ".txt");
    try {
      int result = run(command, output);
      String said = Files.readString(output);
      System.out.print(said);
      if (result != 0) {
        throw new AssertionError("in the namespace: exit code " + result + "\n" + said);
      }
    } finally {
      Files.delete(output);
    }
  }

  /** The words that lead into a namespace; skips the test when there is no way. */
  public static List<String> namespace() throws IOException, InterruptedException {
    String why = "";
    for (String flags : List.of("-n", "-rn")) {
      Path output = Files.createTempFile("namespace", ".txt");
      try {
        List<String> way = List.of("unshare", flags, "sh", "-c", SHELL);
        List<String> trial = new ArrayList<>(way);
        trial.add("true");
        if (run(trial, output) == 0) {
          return way;
        }
        why = Files.readString(output);
      } catch (IOException e) {
        why = e.getMessage();
      } finally {
        Files.delete(output);
      }
    }
    String reason = "no network namespace of its own: " + why.strip();
    System.out.println("skipped: " + reason);
    throw new TestAbortedException(reason);
  }

  private static int run(List<String> command, Path output)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(command.get(0) + " hangs:\n" + Files.readString(output));
      }
      return process.exitValue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** In the namespace: one method of one class. */
  public static void main(String[] arguments) throws Exception {
    int result = 1;
    try {
      for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
        if (!each.isLoopback()) {
          throw new IllegalStateException(each + " leads out of here");
        }
      }
      Class<?> test = Class.forName(arguments[0]);
      Method method = test.getDeclaredMethod(arguments[1]);
      var constructor = test.getDeclaredConstructor();
      constructor.setAccessible(true);
      method.setAccessible(true);
      method.invoke(constructor.newInstance());
      result = 0;
    } catch (InvocationTargetException e) {
      e.getCause().printStackTrace(System.out);
    } catch (ReflectiveOperationException | IllegalStateException e) {
      e.printStackTrace(System.out);
    }
    System.exit(result);
  }
}
