package org.latentspace.training.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * Plays a worker: does what the lines of the file `script` in its folder say. A line that begins
 * with "first " counts only while there is no checkpoint.
 */
public final class PlayedWorker {
  private static final CountDownLatch CANCELLED = new CountDownLatch(1);

  private PlayedWorker() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Thread ear = new Thread(PlayedWorker::listen);
    ear.setDaemon(true);
    ear.start();
    boolean first = Files.notExists(folder.resolve("checkpoint"));
    for (String line : Files.readAllLines(folder.resolve("script"))) {
      if (!line.startsWith("first ")) {
        play(line.split(" ", 2), folder);
      } else if (first) {
        play(line.substring("first ".length()).split(" ", 2), folder);
      }
    }
  }

  private static void listen() {
    try {
      // Either the word or the end of all words.
      System.in.read();
    } catch (IOException gone) {
      // As good as the end.
    }
    CANCELLED.countDown();
  }

  private static void play(String[] words, Path folder) throws Exception {
    switch (words[0]) {
      case "epoch" ->
          System.out.println(
              "{\"event\":\"epoch\",\"epoch\":"
                  + words[1]
                  + ",\"epochs\":9,\"training\":{\"onset\":1.5,\"total\":2.5},\"seconds\":1,"
                  + "\"seconds_left\":8,\"resident_bytes\":1000,\"peak_bytes\":2000}");
      case "complain" -> System.err.println(words[1]);
      case "checkpoint" -> Files.writeString(folder.resolve("checkpoint"), "so far");
      case "await-cancel" -> {
        CANCELLED.await();
        Files.writeString(folder.resolve("checkpoint"), "so far");
        System.out.println("{\"event\":\"cancelled\",\"epoch\":1}");
        System.exit(3);
      }
      case "never-end" -> new CountDownLatch(1).await();
      case "fail" -> {
        System.out.println("{\"event\":\"failed\",\"reason\":\"" + words[1] + "\"}");
        System.exit(1);
      }
      case "exit" -> Runtime.getRuntime().halt(Integer.parseInt(words[1]));
      case "done" -> {
        Files.writeString(folder.resolve("model.safetensors"), "a model");
        System.out.println("{\"event\":\"done\",\"seconds\":4.5,\"epochs\":3,\"best_epoch\":2}");
        System.exit(0);
      }
      default -> throw new IllegalArgumentException(words[0]);
    }
  }
}
