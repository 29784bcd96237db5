// A peer of Ableton's own implementation; answers every line that it is told with its state.
#include <ableton/Link.hpp>
#include <iostream>
#include <time.h>

static long long monotonic() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

int main(int, char** arguments) {
  ableton::Link link(std::stod(arguments[1]));
  link.enableStartStopSync(true);
  link.enable(true);
  for (std::string word; std::cin >> word;) {
    auto state = link.captureAppSessionState();
    long long before, after;
    std::chrono::microseconds now;
    do {
      before = monotonic();
      now = link.clock().micros();
      after = monotonic();
    } while (after - before > 20);
    double value = 0;
    if (word == "tempo" && std::cin >> value) state.setTempo(value, now);
    if (word == "play" || word == "halt") state.setIsPlaying(word == "play", now);
    link.commitAppSessionState(state);
    std::cout << std::fixed << link.numPeers() << ' ' << state.tempo() << ' ' << state.isPlaying()
              << ' ' << state.phaseAtTime(now, 4) << ' ' << (before + after) / 2 << ' '
              << state.phaseAtTime(state.timeForIsPlaying(), 4) << std::endl;
  }
}
